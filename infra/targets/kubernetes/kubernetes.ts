// Builds a plan on Kubernetes. Nothing is decided here: the plan has decided everything.
import * as pulumi from "@pulumi/pulumi";
import type { ProviderResource } from "@pulumi/pulumi";
import { keyOf } from "../../model/edges";
import type { Node } from "../../model/kinds/registry";
import { allEdgesFrom } from "../../model/lookup";
import { gatherOutputs } from "../outputs";
import { type Rights, rightsOf } from "../rights";
import { bind } from "../target";
import { bindings, type Bound } from "./bindings";
import { type Ask, NoAccess, openCluster } from "./cluster-client";
import { createFoundation, createProvider } from "./foundation";
import { needsOf } from "./needs";
import { createObservability } from "./observability";
import type { KubernetesPlan } from "./plan";
import { preflight } from "./preflight";
import { createService } from "./service";

/** How the cluster is asked; undefined: not at all. */
export type Open = (plan: KubernetesPlan) => Promise<Ask | undefined>;

/**
 * Builds everything that the plan names and returns the stack's outputs.
 *
 * @throws InvalidInput with everything that the cluster lacks, before anything is created
 */
export async function buildOnKubernetes(plan: KubernetesPlan, open: Open = openNamed): Promise<object> {
  const provider = createProvider(plan);
  // Offline the provider starts the cluster.
  await registered(provider);
  const ask = await open(plan);
  if (ask) for (const warning of await preflight(ask, needsOf(plan))) void pulumi.log.warn(warning);
  const { foundation, built } = create(plan, provider);
  createObservability(foundation, built);
  const start = { environment: plan.environment.name, namespace: foundation.placement.namespace };
  const { url } = foundation.gateway ?? {};
  return gatherOutputs({ ...start, ...(url !== undefined && { url }) }, [...built.values()]);
}

/** Builds everything, without asking the cluster, and returns what each workload is given. */
export function rightsOnKubernetes(plan: KubernetesPlan): Rights {
  return rightsOf(plan, create(plan, createProvider(plan)).built);
}

/** Creates the foundation, the nodes of the plan, and then the services. */
function create(plan: KubernetesPlan, provider: ReturnType<typeof createProvider>) {
  const foundation = createFoundation(plan, provider);
  const built = new Map(
    bind<Node, Bound>(plan.nodes, foundation, bindings, plan.edges).map(([node, bound]) => [keyOf(node), bound]),
  );
  for (const service of plan.services) {
    const own = allEdgesFrom(plan, service.name);
    built.set(keyOf({ kind: "service", name: service.name }), createService(foundation, service, own, built));
  }
  return { foundation, built };
}

function registered(provider: ProviderResource): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.all([provider.urn]).apply(resolve);
  });
}

/** Opens the cluster of the settings. What only the provider understands of a kubeconfig leaves the checks out, with a warning. */
async function openNamed({ cluster }: KubernetesPlan): Promise<Ask | undefined> {
  try {
    return await openCluster(cluster, process.env);
  } catch (error) {
    if (!(error instanceof NoAccess) || error.isFinal) throw error;
    void pulumi.log.warn(`the cluster was not checked before: ${error.message}`);
    return undefined;
  }
}
