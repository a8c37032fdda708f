import type { ResourceRule } from "../rule";
import { isMissing } from "../value";
import { openings, SECURITY_GROUP_RULES } from "./openings";

export const requireSecurityGroupRuleDescription: ResourceRule = {
  id: "require-security-group-rule-description",
  title: "Security group rules say what they are for",
  description: "Each security group rule has a description, so that a reviewer can tell which edge it belongs to.",
  severity: "low",
  controls: ["PCI-DSS-4.0 1.2.5"],
  remediation: "set description to who connects and why",
  appliesTo: SECURITY_GROUP_RULES,
  check(resource, report) {
    for (const { description } of openings(resource)) {
      if (isMissing(description.value))
        report({ path: description.path, found: description.value, required: "a text" });
    }
  },
};
