import { disallowNotPrincipal } from "../../../policy/rules/iam/disallow-not-principal";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, policy, allow, queuePolicy, trusting } from "./documents";

specify(disallowNotPrincipal, {
  compliant: [
    queuePolicy(admit({ AWS: ACCOUNT }), {
      Effect: "Deny",
      NotPrincipal: { AWS: ACCOUNT },
      Action: "sqs:*",
      Resource: "*",
    }),
  ],
  violating: [
    [
      queuePolicy({ Effect: "Allow", NotPrincipal: { AWS: ACCOUNT }, Action: "sqs:SendMessage", Resource: "*" }),
      [`it: policy.Statement[0].NotPrincipal is {"AWS":"${ACCOUNT}"}`],
    ],
    [
      trusting({ Effect: "Allow", NotPrincipal: { AWS: "1" }, Action: "sts:AssumeRole" }),
      ['it: assumeRolePolicy.Statement[0].NotPrincipal is {"AWS":"1"}'],
    ],
  ],
  notApplicable: [policy(allow("sqs:SendMessage"))],
  missing: [[queuePolicy({ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }), []]],
  unknown: [[resource("aws:sqs/queuePolicy:QueuePolicy", { policy: unknown }), []]],
});
