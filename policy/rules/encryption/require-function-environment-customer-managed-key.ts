import type { ResourceRule } from "../rule";
import { at, isObject } from "../value";
import { requireOwnKey } from "./keys";

export const requireFunctionEnvironmentCustomerManagedKey: ResourceRule = {
  id: "require-function-environment-customer-managed-key",
  title: "Variables of functions are encrypted with a key of the account's own",
  description: "A function that has environment variables encrypts them with a customer managed key.",
  severity: "medium",
  controls: ["NIST-800-53 SC-28", "HIPAA 164.312(a)(2)(iv)"],
  remediation: "set kmsKeyArn to a customer managed key",
  appliesTo: ["aws:lambda/function:Function"],
  check(subject, report) {
    const variables = at(subject.props, "environment.variables");
    if (isObject(variables) && Object.keys(variables).length > 0) requireOwnKey(subject, "kmsKeyArn", report);
  },
};
