// What one side of an edge gives to the other: variables, secrets, connections and rights of one workload. Types only.
import type * as pulumi from "@pulumi/pulumi";

/** A value, or several. */
export type OneOrMore<T> = pulumi.Input<T> | readonly pulumi.Input<T>[];

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

/** A secret of Secrets Manager. */
export interface SecretLink {
  readonly arn: pulumi.Input<string>;
  /** Key that the secret is encrypted with. @default AWS's own key, which needs no grant */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Field of the secret's JSON. @default the whole secret */
  readonly field?: string;
  /**
   * Version of the secret. With it, a new value makes a new task definition, and all tasks get it by a deployment.
   * @default the current version when a task starts: after a change, old and new tasks have different values until a deployment
   */
  readonly versionId?: pulumi.Input<string>;
}

/**
 * A TCP port that a workload may connect to. AWS makes security-group rules of it; a platform with network policies makes an egress
 * rule of it, and an ingress rule on the other side unless that is open.
 */
export type Reach = {
  /** TCP port, 1–65535. */
  readonly port: number;
} & (
  | {
      /** Logical name of what is reached (`orders-db`). Rules are named after it and the port, so it must stay the same. */
      readonly to: string;
      /** Security group of what is reached. */
      readonly securityGroupId: pulumi.Input<string>;
      /** Whether what is reached accepts every workload of the network already, so that it needs no rule for this one. @default false */
      readonly isOpen?: boolean;
    }
  | {
      /** Logical name of what is reached (`network-s3`). */
      readonly to: string;
      /** Managed prefix list of a gateway endpoint. */
      readonly prefixListId: pulumi.Input<string>;
    }
  | {
      /** IPv4 range outside the network; `0.0.0.0/0` is the internet. Rules are named after it and the port. */
      readonly cidr: string;
    }
);

/** All that one workload gets for one thing it is connected to, and nothing else. */
export interface Grant {
  /** Environment variables with the address of the thing and how to treat it. Never a secret. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment variables whose values are read from Secrets Manager when the workload starts. */
  readonly secrets?: Readonly<Record<string, SecretLink>>;
  /** Connections that the workload may open. */
  readonly reaches?: readonly Reach[];
  /** IAM statements of the workload's own role. */
  readonly statements?: readonly Statement[];
  /** Resources that must exist before the workload starts, although it gets none of their outputs: a route, an endpoint, a server. */
  readonly startsAfter?: readonly pulumi.Resource[];
}
