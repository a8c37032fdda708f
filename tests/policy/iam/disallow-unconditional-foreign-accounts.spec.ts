import { disallowUnconditionalForeignAccounts } from "../../../policy/rules/iam/disallow-unconditional-foreign-accounts";
import { resource, specify, unknown } from "../support";
import { ACCOUNT, admit, FOREIGN, QUEUE, text, trust } from "./documents";

const here = resource("aws:sqs/queue:Queue", { arn: QUEUE }, "orders");
const role = (principal: unknown, condition?: object) =>
  resource("aws:iam/role:Role", { assumeRolePolicy: text(trust(principal, condition)) });
const queue = (principal: unknown, condition: object = {}) =>
  resource("aws:sqs/queuePolicy:QueuePolicy", {
    policy: text(admit(principal, "sqs:SendMessage", { Condition: condition })),
  });
const bucket = (principal: unknown, path: string) =>
  resource("aws:s3/bucketPolicy:BucketPolicy", {
    policy: text(admit(principal, "s3:PutObject", { Resource: `arn:aws-cn:s3:::logs/${path}` })),
  });
const DELIVERY = "arn:aws-cn:iam::638102146993:root";

specify(disallowUnconditionalForeignAccounts, {
  compliant: [
    [here, role({ AWS: `arn:aws:iam::${ACCOUNT}:root` })],
    [here, role({ AWS: FOREIGN }, { StringEquals: { "sts:ExternalId": "tenant-7" } })],
    [here, role({ AWS: FOREIGN }, { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })],
    [here, role({ AWS: FOREIGN }, { Bool: { "aws:MultiFactorAuthPresent": "true" } })],
    [here, queue({ AWS: `arn:aws:iam::${FOREIGN}:role/partner` })],
    [here, bucket({ AWS: DELIVERY }, `AWSLogs/${ACCOUNT}/*`)],
  ],
  violating: [
    [[here, bucket({ AWS: DELIVERY }, "*")], [`it: policy.Statement[0].Principal is "${DELIVERY}"`]],
    [
      [here, bucket({ AWS: `arn:aws-cn:iam::${FOREIGN}:root` }, `AWSLogs/${ACCOUNT}/*`)],
      [`it: policy.Statement[0].Principal is "arn:aws-cn:iam::${FOREIGN}:root"`],
    ],
    [[here, role({ AWS: FOREIGN })], [`it: assumeRolePolicy.Statement[0].Principal is "${FOREIGN}"`]],
    [
      [here, role({ AWS: `arn:aws:iam::${FOREIGN}:role/partner` })],
      [`it: assumeRolePolicy.Statement[0].Principal is "arn:aws:iam::${FOREIGN}:role/partner"`],
    ],
    [
      [here, queue({ AWS: `arn:aws:iam::${FOREIGN}:root` })],
      [`it: policy.Statement[0].Principal is "arn:aws:iam::${FOREIGN}:root"`],
    ],
    [
      [here, role({ AWS: FOREIGN }, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } })],
      [`it: assumeRolePolicy.Statement[0].Principal is "${FOREIGN}"`],
    ],
    [
      [here, queue({ AWS: FOREIGN }, { Bool: { "aws:MultiFactorAuthPresent": "true" } })],
      [`it: policy.Statement[0].Principal is "${FOREIGN}"`],
    ],
    [
      [here, role({ AWS: FOREIGN }, { StringLike: { "sts:ExternalId": "*" } })],
      [`it: assumeRolePolicy.Statement[0].Principal is "${FOREIGN}"`],
    ],
  ],
  notApplicable: [[here, resource("aws:iam/policy:Policy", { policy: text(admit({ AWS: FOREIGN })) })]],
  missing: [[[here, resource("aws:iam/role:Role", {})], []]],
  unknown: [
    [[resource("aws:sqs/queue:Queue", { arn: unknown }, "orders"), role({ AWS: FOREIGN })], []],
    [[here, resource("aws:iam/role:Role", { assumeRolePolicy: unknown })], []],
  ],
});
