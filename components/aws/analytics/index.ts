export type { AnalyticsStoreArgs, AnalyticsStoreOutputs } from "./args";
export { AnalyticsStore } from "./analytics-store";
