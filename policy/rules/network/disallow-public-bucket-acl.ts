import { BUCKETS } from "../encryption/buckets";
import type { ResourceRule } from "../rule";
import { at, each } from "../value";

const ACLS = [
  ...BUCKETS,
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketAclV2:BucketAclV2",
  "aws:s3/bucketObject:BucketObject",
  "aws:s3/bucketObjectv2:BucketObjectv2",
];
const PUBLIC = ["public-read", "public-read-write", "authenticated-read"];

export const disallowPublicBucketAcl: ResourceRule = {
  id: "disallow-public-bucket-acl",
  title: "Buckets have no public access lists",
  description: "A bucket's access control list lets nobody in from outside.",
  severity: "critical",
  controls: ["NIST-800-53 AC-3", "NIST-800-53 SC-7"],
  remediation: "leave the ACL out and give access by policy",
  appliesTo: ACLS,
  check(holder, report) {
    const acl = at(holder.props, "acl");
    if (typeof acl === "string" && PUBLIC.includes(acl))
      report({ path: "acl", found: acl, required: '"private", or no ACL' });
    const grantees = [
      ...each(holder.props, "grants[*].uri"),
      ...each(holder.props, "accessControlPolicy.grants[*].grantee.uri"),
    ];
    for (const { path, value } of grantees) {
      if (typeof value === "string" && /\/(AllUsers|AuthenticatedUsers)$/.test(value)) {
        report({ path, found: value, required: "no group of strangers" });
      }
    }
  },
};
