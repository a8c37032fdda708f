// IAM policy documents, typed: an element that IAM does not know does not compile.
import * as pulumi from "@pulumi/pulumi";
import { servicePrincipal, viaService } from "./partitions";
import type { Placement } from "./placement";

type OneOrMore<T> = pulumi.Input<T> | readonly pulumi.Input<T>[];

/** Who a resource policy or a trust policy speaks of. */
export type Principal = "*" | Readonly<Partial<Record<"AWS" | "Service" | "Federated", OneOrMore<string>>>>;

/** A statement of an IAM policy, with inputs where other resources supply the value. */
export interface Statement {
  readonly Sid?: string;
  /** @default `Allow` */
  readonly Effect?: "Allow" | "Deny";
  readonly Principal?: Principal;
  readonly Action: string | readonly string[];
  /** Left out in trust policies only. */
  readonly Resource?: OneOrMore<string>;
  /** Operator → condition key → value. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore<string>>>>>;
}

/** The JSON text of a policy document (version 2012-10-17). */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/**
 * The trust policy of a role that one AWS service assumes, held to this account so that the service can't be made a
 * confused deputy by another one.
 */
export function serviceTrust(service: string, placement: Placement): pulumi.Output<string> {
  return policyDocument([
    {
      Action: "sts:AssumeRole",
      Principal: { Service: servicePrincipal(service, placement) },
      Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
    },
  ]);
}

/** Refuses every request that does not come over TLS: a statement for the resource policies of stores and queues. */
export function denyInsecureTransport(actions: string | readonly string[], resources: OneOrMore<string>): Statement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: resources,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** The right to use a key, through one AWS service only (`sqs`), so that it is no right to use the key by itself. */
export function useKeyThrough(
  service: string,
  placement: Placement,
  keys: OneOrMore<string>,
  actions: string | readonly string[],
): Statement {
  return {
    Action: actions,
    Resource: keys,
    Condition: { StringEquals: { "kms:ViaService": viaService(service, placement) } },
  };
}
