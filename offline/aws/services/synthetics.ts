// CloudWatch Synthetics.
import type { Cards } from "../card";

export const cards: Cards = {
  "aws:synthetics/canary:Canary": {
    roles: { executionRoleArn: "lambda" },
  },
};
