export { AlarmGroup } from "./alarm-group";
export { AlarmTopic } from "./alarm-topic";
export type {
  AlarmGroupArgs,
  AlarmTopicArgs,
  CountedEvent,
  DashboardArgs,
  EventMetricsArgs,
  LogQueriesArgs,
  RecoveryMessagesArgs,
  ServiceObjectivesArgs,
  TracingArgs,
} from "./args";
export { allCharts, type Chart, type Line, messageCharts, type Observed, summaryCharts, wideChart } from "./charts";
export { Dashboard } from "./dashboard";
export { EventMetrics } from "./event-metrics";
export type { Section } from "./layout";
export { LogQueries } from "./log-queries";
export { RecoveryMessages } from "./recovery-messages";
export { ServiceObjectives } from "./service-objectives";
export { Tracing } from "./tracing";
