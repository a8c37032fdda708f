// Public sharing: buckets, snapshots, images, documents, routes.
import { has, notMatching, notOff, on, oneOf } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, textOf } from "../value";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const sharingRules: readonly Rule[] = [
  propertyRule({
    id: "disallow-public-access-point",
    title: "Access points can't be made public",
    description: "An access point of a bucket does not turn any block of public access off.",
    severity: "critical",
    controls: ["FSBP S3.19", "NIST-800-53 AC-3"],
    remediation: "leave publicAccessBlockConfiguration out",
    property: {
      "aws:s3/accessPoint:AccessPoint": FLAGS.map((flag) => `publicAccessBlockConfiguration.${flag}`),
    },
    must: notOff,
  }),
  propertyRule({
    id: "require-account-public-access-block",
    title: "The account blocks public buckets",
    description: "A block of public access for the account has all four flags.",
    severity: "critical",
    controls: ["CIS-AWS-3.0 2.1.4", "FSBP S3.1", "NIST-800-53 AC-3"],
    remediation: "set all four flags to true",
    property: {
      "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": FLAGS,
    },
    must: on,
  }),
  propertyRule({
    id: "require-bucket-owner-enforced",
    title: "Buckets have no access lists",
    description: "A bucket belongs to its account with all that is in it, and access lists are off.",
    severity: "medium",
    controls: ["FSBP S3.12", "NIST-800-53 AC-3"],
    remediation: "set rule.objectOwnership to BucketOwnerEnforced",
    property: { "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "rule.objectOwnership" },
    must: oneOf("BucketOwnerEnforced"),
  }),
  propertyRule({
    id: "disallow-shared-snapshot",
    title: "Snapshots are not public",
    description: "A snapshot of a database is not shared with everybody.",
    severity: "critical",
    controls: ["FSBP RDS.1", "PCI-DSS-4.0 1.4.4", "NIST-800-53 AC-3"],
    remediation: "name accounts in sharedAccounts instead of all",
    property: inTypes(
      "sharedAccounts[*]",
      "aws:rds/snapshot:Snapshot",
      "aws:rds/snapshotCopy:SnapshotCopy",
      "aws:rds/clusterSnapshot:ClusterSnapshot",
      "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    ),
    must: notMatching("named accounts", /^all$/),
  }),
  propertyRule({
    id: "disallow-public-image",
    title: "Machine images are not public",
    description: "A machine image is not shared with everybody.",
    severity: "critical",
    controls: ["NIST-800-53 AC-3"],
    remediation: "name an account or an organization instead of the group all",
    property: { "aws:ec2/amiLaunchPermission:AmiLaunchPermission": "group" },
    must: notMatching("an account or an organization", /^all$/),
  }),
  propertyRule({
    id: "disallow-public-document",
    title: "Documents of Systems Manager are not public",
    description: "A document of Systems Manager is not shared with everybody.",
    severity: "critical",
    controls: ["FSBP SSM.4", "NIST-800-53 AC-3"],
    remediation: "name accounts in permissions.account_ids instead of All",
    property: { "aws:ssm/document:Document": "permissions" },
    must: {
      words: "named accounts",
      accepts: (value) =>
        !["account_ids", "accountIds"].some((path) => /(^|,)\s*all\s*(,|$)/i.test(textOf(at(value, path)))),
    },
  }),
  propertyRule({
    id: "disallow-open-peering-route",
    title: "Routes to a peer are narrow",
    description: "A route to a peered network leads to that network's range, not to everything.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 5.5", "NIST-800-53 SC-7"],
    remediation: "set destinationCidrBlock to the range of the peer",
    property: { "aws:ec2/route:Route": ["destinationCidrBlock", "destinationIpv6CidrBlock"] },
    where: has("vpcPeeringConnectionId"),
    must: notMatching("the range of the peer", /^(0\.0\.0\.0|::)\/0$/),
  }),
];
