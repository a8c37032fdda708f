// X-Ray.
import type { Cards } from "../card";

export const cards: Cards = {
  "aws:xray/group:Group": {
    source: "xray/group.go",
    replaces: "groupName",
  },
  "aws:xray/resourcePolicy:ResourcePolicy": {
    policies: { policyDocument: "resource" },
  },
  "aws:xray/samplingRule:SamplingRule": {
    source: "xray/sampling_rule.go",
    replaces: "ruleName version",
  },
};
