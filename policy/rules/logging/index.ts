// The rules of the pack: what happens is written down, measured and noticed.
import type { Rule } from "../rule";
import { accountLogRules } from "./account";
import { computeLogRules } from "./compute";
import { edgeLogRules } from "./edge";
import { metricFilterRules } from "./metric-filters";
import { platformLogRules } from "./platforms";
import { requireTrailAlarms } from "./require-trail-alarms";
import { storeLogRules } from "./stores";
import { brokerLogRules } from "./brokers";

/** Every rule of the pack "logging". */
export const loggingRules: readonly Rule[] = [
  ...accountLogRules,
  ...computeLogRules,
  ...edgeLogRules,
  ...metricFilterRules,
  requireTrailAlarms,
  ...platformLogRules,
  ...storeLogRules,
  ...brokerLogRules,
];
