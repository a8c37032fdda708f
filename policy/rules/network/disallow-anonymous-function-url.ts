import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

export const disallowAnonymousFunctionUrl: ResourceRule = {
  id: "disallow-anonymous-function-url",
  title: "Functions are not called by strangers",
  description: "A function's URL takes signed requests only.",
  severity: "critical",
  controls: ["NIST-800-53 AC-3", "NIST-800-53 SC-7"],
  remediation: "set authorizationType to AWS_IAM, or put an API with an authorizer in front",
  appliesTo: ["aws:lambda/functionUrl:FunctionUrl"],
  check(url, report) {
    const found = at(url.props, "authorizationType");
    if (found !== UNKNOWN && found !== "AWS_IAM") report({ path: "authorizationType", found, required: '"AWS_IAM"' });
  },
};
