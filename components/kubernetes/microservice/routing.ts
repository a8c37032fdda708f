// The route of a service: requests for its paths, from the gateway to its Service (Gateway API, standard channel).
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { seconds, transformed } from "../../kit";
import { metadataOf } from "../kit";
import type { RoutingSettings } from "./args";
import type { Context } from "./context";

/** Creates the route, for a service that has one, after the policies that guard it. */
export function createRoute(
  { name, args, settings: { port }, selector, child }: Context,
  serviceName: pulumi.Input<string> | undefined,
  policies: readonly pulumi.Resource[],
): kubernetes.apiextensions.CustomResource | undefined {
  const { routing } = args;
  if (routing === undefined || serviceName === undefined || port === undefined) return undefined;
  const { gateway, paths, responseTime } = routing;
  return new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      args.transform?.route,
      `${name}-route`,
      {
        apiVersion: "gateway.networking.k8s.io/v1",
        kind: "HTTPRoute",
        metadata: metadataOf(args.placement, name, selector),
        spec: {
          parentRefs: [{ name: gateway.gatewayName, sectionName: gateway.listener }],
          rules: [
            {
              matches: paths.map((path) => ({ path: matchOf(path) })),
              backendRefs: [{ name: serviceName, port }],
              ...(responseTime !== undefined && { timeouts: { request: timeoutOf(responseTime) } }),
            },
          ],
        },
      },
      { ...child, dependsOn: [...policies] },
    ),
  );
}

/** A prefix matches whole parts of a path, and the path without anything behind it: `/api/orders/*` matches `/api/orders` too. */
export function matchOf(path: string): { readonly type: "Exact" | "PathPrefix"; readonly value: string } {
  if (!path.endsWith("/*")) return { type: "Exact", value: path };
  return { type: "PathPrefix", value: path === "/*" ? "/" : path.slice(0, -2) };
}

/** 0 is no limit (GEP-2257 and GEP-1742). */
function timeoutOf(time: NonNullable<RoutingSettings["responseTime"]>): string {
  return time === "none" ? "0s" : `${seconds(time) ?? 0}s`;
}
