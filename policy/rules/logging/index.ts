// The rules of the pack: what happens is written down, measured and noticed.
import type { Rule } from "../rule";
import { accountLogRules } from "./account";
import { computeLogRules } from "./compute";
import { edgeLogRules } from "./edge";
import { platformLogRules } from "./platforms";
import { storeLogRules } from "./stores";
import { brokerLogRules } from "./brokers";

/** Every rule of the pack "logging". */
export const loggingRules: readonly Rule[] = [
  ...accountLogRules,
  ...computeLogRules,
  ...edgeLogRules,
  ...platformLogRules,
  ...storeLogRules,
  ...brokerLogRules,
];
