// What the parts of an API gateway are made with.
import type * as pulumi from "@pulumi/pulumi";
import type { ApiGatewayArgs, Throttling } from "./args-api-gateway";

/** An API gateway under construction. */
export interface ApiScope {
  readonly name: string;
  readonly args: ApiGatewayArgs;
  readonly parent: pulumi.Resource;
}

/** Requests of all clients together, and of each client with a key, where nothing is said. */
export const DEFAULT_THROTTLING: Throttling = { rate: 2000, burst: 5000 };
