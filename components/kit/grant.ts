// An edge of the system, as a component hands it out: the rights, variables and connections that one service gets.
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./policy-document";

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
