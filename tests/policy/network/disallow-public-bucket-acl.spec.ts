import { disallowPublicBucketAcl } from "../../../policy/rules/network/disallow-public-bucket-acl";
import { resource, specify, unknown } from "../support";

const bucket = (props: object) => resource("aws:s3/bucket:Bucket", { ...props });
const acl = (props: object) => resource("aws:s3/bucketAcl:BucketAcl", { ...props });
const uri = "http://acs.amazonaws.com/groups/global/AllUsers";

specify(disallowPublicBucketAcl, {
  compliant: [
    bucket({ acl: "private" }),
    acl({ acl: "log-delivery-write" }),
    bucket({ grants: [{ id: "owner", type: "CanonicalUser" }] }),
  ],
  violating: [
    [bucket({ acl: "public-read" }), ['it: acl is "public-read"']],
    [acl({ acl: "authenticated-read" }), ['it: acl is "authenticated-read"']],
    [bucket({ grants: [{ uri }] }), [`it: grants[0].uri is "${uri}"`]],
    [
      acl({ accessControlPolicy: { grants: [{ grantee: { uri } }] } }),
      [`it: accessControlPolicy.grants[0].grantee.uri is "${uri}"`],
    ],
  ],
  notApplicable: [resource("aws:s3/bucketPolicy:BucketPolicy", { acl: "public-read" })],
  missing: [[bucket({}), []]],
  unknown: [
    [bucket({ acl: unknown, grants: unknown }), []],
    [bucket({ acl: unknown, grants: [unknown, { uri }] }), [`it: grants[1].uri is "${uri}"`]],
  ],
});
