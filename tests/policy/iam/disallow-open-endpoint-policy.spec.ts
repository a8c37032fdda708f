import { disallowOpenEndpointPolicy } from "../../../policy/rules/iam/disallow-open-endpoint-policy";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, QUEUE, queuePolicy, text } from "./documents";

const endpoint = (policy: unknown) => resource("aws:ec2/vpcEndpoint:VpcEndpoint", { policy });
const everything = (condition?: object) =>
  endpoint(text(admit("*", "*", { Resource: "*", ...(condition && { Condition: condition }) })));

specify(disallowOpenEndpointPolicy, {
  compliant: [
    everything({ StringEquals: { "aws:PrincipalAccount": ACCOUNT } }),
    everything({ StringEquals: { "aws:ResourceAccount": ACCOUNT } }),
    endpoint(text(admit("*", "sqs:SendMessage", { Resource: QUEUE }))),
  ],
  violating: [
    [everything(), ["it: policy.Statement[0].Condition is not set"]],
    [
      resource("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", {
        policy: text(admit({ AWS: "*" }, "s3:*", { Resource: "arn:aws:s3:::*" })),
      }),
      ["it: policy.Statement[0].Condition is not set"],
    ],
    [
      everything({ StringEqualsIfExists: { "aws:PrincipalAccount": ACCOUNT } }),
      [`it: policy.Statement[0].Condition is {"StringEqualsIfExists":{"aws:PrincipalAccount":"${ACCOUNT}"}}`],
    ],
  ],
  notApplicable: [queuePolicy(admit("*", "*", { Resource: "*" }))],
  missing: [[resource("aws:ec2/vpcEndpoint:VpcEndpoint", {}), []]],
  unknown: [[endpoint(unknown), []]],
});
