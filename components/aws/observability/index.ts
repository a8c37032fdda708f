export { AlarmGroup } from "./alarm-group";
export { AlarmTopic } from "./alarm-topic";
export type {
  AlarmGroupArgs,
  AlarmTopicArgs,
  CountedEvent,
  DashboardArgs,
  EventMetricsArgs,
  ServiceObjectivesArgs,
} from "./args";
export { allCharts, type Chart, type Line, messageCharts, type Observed, requestCharts } from "./charts";
export { Dashboard } from "./dashboard";
export { EventMetrics } from "./event-metrics";
export type { Section } from "./layout";
export { ServiceObjectives } from "./service-objectives";
