// The load balancer of the cluster, as entrances reach it.
import * as pulumi from "@pulumi/pulumi";
import type { Origin } from "../aws/entrance";
import type { Foundation } from "./foundation";

/** The load balancer, by the name on its certificate. */
export function originOf({ cluster, plan: { https } }: Foundation): Origin {
  return {
    loadBalancerArn: cluster.loadBalancerArn,
    loadBalancerSecurityGroupId: cluster.loadBalancerSecurityGroupId,
    // By way of the listener: requests arrive once something listens.
    url: pulumi.all([cluster.url, cluster.listenerArn]).apply(([url]) => url),
    listenerArn: cluster.listenerArn,
    ...(https && { serverName: https.domainName }),
    port: https ? 443 : 80,
  };
}
