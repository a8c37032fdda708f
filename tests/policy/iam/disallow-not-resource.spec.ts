import { disallowNotResource } from "../../../policy/rules/iam/disallow-not-resource";
import { resource, specify, unknown } from "../support";
import { allow, policy, queuePolicy, QUEUE } from "./documents";

specify(disallowNotResource, {
  compliant: [policy(allow("sqs:SendMessage"), { Effect: "Deny", Action: "sqs:*", NotResource: QUEUE })],
  violating: [
    [
      policy({ Effect: "Allow", Action: "sqs:SendMessage", NotResource: QUEUE }),
      [`it: policy.Statement[0].NotResource is "${QUEUE}"`],
    ],
    [
      queuePolicy({ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", NotResource: [QUEUE] }),
      [`it: policy.Statement[0].NotResource is ["${QUEUE}"]`],
    ],
  ],
  notApplicable: [
    resource("aws:organizations/policy:Policy", { content: '{"Statement":[{"Effect":"Allow","NotResource":"*"}]}' }),
  ],
  missing: [[policy({ Effect: "Allow", Action: "sqs:SendMessage" }), []]],
  unknown: [[resource("aws:iam/policy:Policy", { policy: { Statement: [unknown] } }), []]],
});
