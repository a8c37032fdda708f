// An edge of the system, as a component hands it out: the rights, variables and connections that one service gets.
import type * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./policy-document";

/** A door that opens to one caller: a security group and the TCP port behind it. */
export interface Connection {
  readonly securityGroupId: pulumi.Input<string>;
  /** TCP port, 1–65535. */
  readonly port: number;
}

/** Everything that one service needs for one thing it is connected to, and nothing else. */
export interface Grant {
  /** Statements for the service's own role. */
  readonly statements?: readonly Statement[];
  /** Environment variables that tell the service where the thing is. Never a secret. */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Security groups that must let the service in; both sides' rules are made by the service. */
  readonly connections?: readonly Connection[];
}
