// Stores, keys, names and roles.
import { type Cases, trust } from "./semantics-names";

export const stores: Readonly<Record<string, Cases>> = {
  "aws:dynamodb/table:Table": {
    right: { hashKey: "a", billingMode: "PAY_PER_REQUEST", attributes: [{ name: "a", type: "S" }] },
    wrong: [
      [
        { attributes: [{ name: "b", type: "S" }] },
        [
          'hashKey: attribute "a" is not declared: add it to attributes, with its type',
          'attributes[0]: "b" is no key of the table or of an index: only keys are declared, leave it out',
        ],
      ],
      [{ hashKey: null }, ["hashKey: is missing: name the attribute by which items are found"]],
      [
        { billingMode: null },
        [
          "readCapacity: is missing: a table of billingMode PROVISIONED has it, one of PAY_PER_REQUEST has not",
          "writeCapacity: is missing: a table of billingMode PROVISIONED has it, one of PAY_PER_REQUEST has not",
        ],
      ],
      [
        { streamEnabled: true },
        ["streamViewType: is missing: say what a stream's records show, such as NEW_AND_OLD_IMAGES"],
      ],
      [{ ttl: { enabled: true } }, ["ttl.attributeName: is missing: name the attribute that holds when an item ends"]],
      [{ name: "ab" }, ['name: "ab": 3 to 255 letters, digits and any of _.-']],
      [
        {
          attributes: [
            { name: "a", type: "S" },
            { name: "b", type: "S" },
          ],
          localSecondaryIndexes: [{ name: "byB", rangeKey: "b", projectionType: "ALL" }],
        },
        ["localSecondaryIndexes: a table without a rangeKey has none: give it one, or make them global"],
      ],
      [
        { globalSecondaryIndexes: [{ name: "byB", hashKey: "b", projectionType: "ALL" }] },
        ['globalSecondaryIndexes[0].hashKey: attribute "b" is not declared: add it to attributes, with its type'],
      ],
    ],
  },
  "aws:rds/instance:Instance": {
    right: {
      engine: "postgres",
      instanceClass: "db.t4g.micro",
      allocatedStorage: 20,
      username: "me",
      password: "long enough",
    },
    wrong: [
      [{ engine: "postgresql" }, ['engine: "postgresql" is none of RDS: such as postgres, mysql or mariadb']],
      [
        { instanceClass: "t4g.micro" },
        ['instanceClass: "t4g.micro" is not offered: a family and a size, such as db.t4g.micro'],
      ],
      [
        { instanceClass: "db.t4g.huge" },
        ['instanceClass: "db.t4g.huge" is not offered: a family and a size, such as db.t4g.micro'],
      ],
      [
        { username: "admin" },
        ['username: "admin" is reserved, or no name: a letter, then letters, digits and underscores'],
      ],
      [
        { username: null, password: null },
        [
          "username: is missing: name the master user",
          "password: is missing: set manageMasterUserPassword to true, or give one",
        ],
      ],
      [{ password: "short" }, ['password: 8 to 128 printable ASCII characters, none of them ", / or @']],
      [{ password: "with@/signs" }, ['password: 8 to 128 printable ASCII characters, none of them ", / or @']],
      [{ storageType: "gp3", allocatedStorage: 5 }, ["allocatedStorage: 5 GiB: storage of type gp3 begins at 20 GiB"]],
      [{ storageType: "io2", allocatedStorage: 100 }, ["iops: is missing: storage of type io2 needs it"]],
      [
        { dbName: "my-db" },
        ['dbName: "my-db" is no name of a database: a letter, then letters, digits and underscores'],
      ],
      [
        { monitoringInterval: 60 },
        [
          "monitoringRoleArn: is missing: RDS sends figures of the system with a role that monitoring.rds.amazonaws.com may assume",
        ],
      ],
      [
        { backupWindow: "03:00-04:00", maintenanceWindow: "sun:03:30-sun:04:30" },
        ["maintenanceWindow: sun:03:30-sun:04:30 overlaps backupWindow 03:00-04:00: choose hours that don't meet"],
      ],
      [
        { backupWindow: "23:30-00:30", maintenanceWindow: "mon:00:00-mon:01:00" },
        ["maintenanceWindow: mon:00:00-mon:01:00 overlaps backupWindow 23:30-00:30: choose hours that don't meet"],
      ],
    ],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    right: {
      description: "d",
      engine: "redis",
      engineVersion: "7.1",
      nodeType: "cache.t4g.micro",
      numCacheClusters: 2,
    },
    wrong: [
      [
        { nodeType: "t4g.micro" },
        ['nodeType: "t4g.micro" is not offered: a family and a size, such as cache.t4g.micro'],
      ],
      [{ engineVersion: "7.0.5" }, ['engineVersion: "7.0.5": major.minor, such as 7.1']],
      [
        { authToken: "sixteen letters!" },
        ["transitEncryptionEnabled: a token goes over encrypted connections only: set it to true"],
      ],
      [
        { snapshotWindow: "03:00-05:00", maintenanceWindow: "sun:04:00-sun:06:00" },
        ["maintenanceWindow: sun:04:00-sun:06:00 overlaps snapshotWindow 03:00-05:00: choose hours that don't meet"],
      ],
    ],
  },
  "aws:kms/key:Key": {
    right: { customerMasterKeySpec: "RSA_2048", keyUsage: "SIGN_VERIFY" },
    wrong: [
      [
        { enableKeyRotation: true },
        ["enableKeyRotation: a key of RSA_2048 can't be rotated (UnsupportedOperationException): leave it out"],
      ],
    ],
  },
  "aws:ecr/repository:Repository": {
    right: { name: "shop/order" },
    wrong: [
      [
        { name: "Shop" },
        ['name: "Shop": 2 to 256 lower-case letters and digits, with single ., _, - or / between them'],
      ],
      [
        { name: "shop//order" },
        ['name: "shop//order": 2 to 256 lower-case letters and digits, with single ., _, - or / between them'],
      ],
    ],
  },
  "aws:ssm/parameter:Parameter": {
    right: { name: "/shop/key", type: "String", value: "v" },
    wrong: [
      [{ name: "/aws/key" }, ['name: "/aws/key": letters, digits and any of _.-/, and neither "aws" nor "ssm" first']],
      [
        { value: "x".repeat(4097) },
        ["value: 4097 bytes, and a parameter of tier Standard may have 4096: set tier to Advanced, which has 8192"],
      ],
    ],
  },
  "aws:route53/record:Record": {
    right: { zoneId: "Z1", name: "a.example.com", type: "A", ttl: 60, records: ["192.0.2.1"] },
    wrong: [
      [{ records: ["host"] }, ['records[0]: "host": a record of type A is an IPv4 address, such as 192.0.2.1']],
      [{ type: "AAAA" }, ['records[0]: "192.0.2.1": a record of type AAAA is an IPv6 address, such as 2001:db8::1']],
      [{ type: "CNAME", records: ["a.example.com", "b.example.com"] }, ["records: 2: a CNAME has one value"]],
      [
        { type: "MX", records: ["mail.example.com"] },
        ['records[0]: "mail.example.com": a record of type MX is a priority and a host, such as "10 mail.example.com"'],
      ],
    ],
  },
  "aws:iam/role:Role": {
    right: { assumeRolePolicy: trust("lambda") },
    wrong: [
      [
        { assumeRolePolicy: trust("lamda") },
        [
          'assumeRolePolicy.Statement[0].Principal.Service: "lamda.amazonaws.com" is no service (MalformedPolicyDocument); did you mean "lambda.amazonaws.com"?',
        ],
      ],
      [
        { assumeRolePolicy: trust("ecs-task") },
        [
          'assumeRolePolicy.Statement[0].Principal.Service: "ecs-task.amazonaws.com" is no service (MalformedPolicyDocument); did you mean "ecs-tasks.amazonaws.com"?',
        ],
      ],
    ],
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    right: { role: "lambda", policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" },
    wrong: [
      [
        { policyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnly" },
        [
          'policyArn: AWS has no policy "arn:aws:iam::aws:policy/AmazonS3ReadOnly" (NoSuchEntity); did you mean "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"?',
        ],
      ],
    ],
  },
};
