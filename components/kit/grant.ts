// An edge of the system, as a component hands it out: the rights, variables and connections that one service gets.
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

/** Somewhere a service may open TCP connections to. */
export type Connection = {
  /** TCP port, 1–65535. */
  readonly port: number;
  /**
   * Logical name of what is reached (`orders-db`). Security-group rules are named after it, so that a grant may get another
   * key: the same rule under another logical name would be created before the old one is deleted, which EC2 refuses. Not
   * used with `cidrIpv4`, where rules are named after the range.
   * @default the grant's key, which must then stay as it is
   */
  readonly name?: string;
} & (
  | {
      /** A security group; the service makes the rules on both sides. */
      readonly securityGroupId: pulumi.Input<string>;
      /** Whether that group already lets the whole VPC in, so that only the egress rule is needed. @default false */
      readonly acceptsVpc?: boolean;
    }
  | { /** A managed prefix list (a gateway endpoint's). */ readonly prefixListId: pulumi.Input<string> }
  | { /** An IPv4 range outside the VPC. */ readonly cidrIpv4: string }
);

/** Everything that one service needs for one thing it is connected to, and nothing else. */
export interface Grant {
  /** Statements for the service's own role. */
  readonly statements?: readonly Statement[];
  /** Environment variables that tell the service where the thing is. Never a secret. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the service's security group opens to. */
  readonly connections?: readonly Connection[];
  /** What must be there before its tasks start, although none of its values reaches them: a route, an endpoint, a server. */
  readonly startsAfter?: readonly pulumi.Resource[];
}
