// A service on Kubernetes as its specs build it.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { Job, type JobArgs, Microservice, type MicroserviceArgs } from "../../../../components/kubernetes/microservice";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";

export const placement = { namespace: "shop-dev", labels: { "app.kubernetes.io/part-of": "shop" } };
export const minimal: MicroserviceArgs = {
  placement,
  image: "registry.example.com/shop/order:1.4.2",
  scaling: { min: 2, max: 2 },
};

/** Options with a provider of their own. */
export function inCluster(): pulumi.ComponentResourceOptions {
  return { provider: new kubernetes.Provider("cluster", { context: "kind-shop" }) };
}

/** Builds `order` with what differs from the minimal service. */
export function build(args: Partial<MicroserviceArgs> = {}): Promise<Deployment<Microservice>> {
  return deploy(() => new Microservice("order", { ...minimal, ...args }, inCluster()));
}

/** Builds a job with what differs from the minimal one. */
export function buildJob(args: Partial<JobArgs> = {}): Promise<Deployment<Job>> {
  const { scaling: _, ...base } = minimal;
  return deploy(() => new Job("order-migration", { ...base, ...args }, inCluster()));
}

/** The inputs of the only object of a kind, as any JSON. */
export function specOf({ one }: Deployment<unknown>, type: string, name?: string): Json {
  return one(`kubernetes:${type}`, name).inputs.spec as Json;
}

/** JSON that a spec looks into. */
export interface Json {
  readonly [key: string]: Json;
}
