import { disallowAnonymousFunctionUrl } from "../../../policy/rules/network/disallow-anonymous-function-url";
import { resource, specify, unknown } from "../support";

const url = (props: object) => resource("aws:lambda/functionUrl:FunctionUrl", { ...props });

specify(disallowAnonymousFunctionUrl, {
  compliant: [url({ authorizationType: "AWS_IAM" })],
  violating: [[url({ authorizationType: "NONE" }), ['it: authorizationType is "NONE"']]],
  notApplicable: [resource("aws:lambda/function:Function", { authorizationType: "NONE" })],
  missing: [[url({}), ["it: authorizationType is not set"]]],
  unknown: [[url({ authorizationType: unknown }), []]],
});
