// What the rules say of resources that a policy of their own must close to plain HTTP.
import { shown } from "../../../policy/rules/value";
import { resource, unknown } from "./judge";
import type { Cases } from "./specify";

/** A kind of resource that has a policy. */
export interface Closed {
  readonly holder: string;
  readonly policy: string;
  /** The policy's property that names the holder. */
  readonly names: string;
  /** What has to be denied. */
  readonly denied: { readonly Action: string; readonly Resource: string | readonly string[] };
}

/** The cases of one kind. */
export function tlsOnly({ holder: holderType, policy: policyType, names, denied }: Closed): Cases {
  const holder = (props: object = {}) => resource(holderType, { id: "it-1", ...props });
  const policy = (document: unknown, of: unknown = "it-1") =>
    resource(
      policyType,
      { [names]: of, policy: typeof document === "string" ? document : JSON.stringify(document) },
      "policy",
      { [names]: ["it"] },
    );
  const deny = { Effect: "Deny", Principal: "*", ...denied, Condition: { Bool: { "aws:SecureTransport": "false" } } };
  const only = (change: object = {}) => ({ Version: "2012-10-17", Statement: [{ ...deny, ...change }] });
  const found = (change: object) => `it: policy is ${shown(JSON.stringify(only(change)))}`;
  return {
    compliant: [
      [holder(), policy(only())],
      [holder({ policy: JSON.stringify(only({ Principal: { AWS: ["*"] } })) })],
      [holder(), policy(only({ Condition: { BoolIfExists: { "AWS:SecureTransport": [false] } } }))],
    ],
    violating: [
      [[holder(), policy(only({ Effect: "Allow" }))], [found({ Effect: "Allow" })]],
      [[holder(), policy(only({ Action: "other:*" }))], [found({ Action: "other:*" })]],
      [
        [holder(), policy(only({ Principal: { AWS: "arn:aws:iam::1:root" } }))],
        [found({ Principal: { AWS: "arn:aws:iam::1:root" } })],
      ],
      [
        [holder(), policy(only({ Condition: { Bool: { "aws:SecureTransport": "true" } } }))],
        [found({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
      ],
      [[holder(), policy(only(), "other")], ["it: policy is not set"]],
    ],
    notApplicable: [
      [policy({}, "elsewhere"), resource("aws:kms/key:Key", {})].map((subject) => ({ ...subject, from: {} })),
    ],
    missing: [
      [[holder()], ["it: policy is not set"]],
      [[holder({ policy: "" })], ["it: policy is not set"]],
    ],
    unknown: [
      [[holder(), policy(unknown)], []],
      [
        [
          resource(holder().type, { policy: unknown }, "it", { policy: ["key"] }),
          resource("aws:kms/key:Key", {}, "key"),
        ],
        [],
      ],
      [[holder({ policy: unknown })], ["it: policy is not set"]],
      [[holder({ id: unknown }), policy(only(), unknown)], []],
      [[holder({ id: unknown }), policy(only({ Effect: "Allow" }), unknown)], [found({ Effect: "Allow" })]],
    ],
  };
}
