// What a plan may not be on EKS: everything that the components for Kubernetes refuse, quotas, addresses, and what the target has not. Pure.
import { addresses, DEFAULT_MASKS } from "../../../components/kit/subnets";
import { objectNameProblems } from "../../../components/kubernetes/kit/checks";
import type { Problem } from "../../../components/kit/problems";
import type { ServicePlan } from "../../model/plan";
import { concurrencyOf } from "../aws/concurrency";
import { type Need, quotasExceeded } from "../aws/quotas";
import { jobProblems, refusedWorkloads } from "../kubernetes/limits";
import type { EksPlan } from "./plan";

/** Every problem of a plan, those of a service below the service. */
export function eksProblems(plan: EksPlan): readonly Problem[] {
  return [
    ...objectNameProblems("namespace", plan.namespace),
    ...plan.services.flatMap((service) =>
      [...unsupported(service), ...refusedWorkloads(plan, service)].map((problem) => ({
        ...problem,
        path: `${plan.system}.services.${service.name}.${problem.path}`,
      })),
    ),
    ...jobProblems(plan),
    ...quotasExceeded(needsOf(plan), plan.quotas),
    ...addressProblems(plan),
  ];
}

/** What a description can say and this target has not. What protects a service is never left out in silence. */
function unsupported({ architecture, runtime, secrets }: ServicePlan): Problem[] {
  const found: [path: string, value: unknown, instead: string][] = [];
  if (architecture === "ARM64")
    found.push([
      "architecture",
      architecture,
      "build the image for X86_64: the node pool general-purpose has no others",
    ]);
  if (runtime.allowRootUser === true)
    found.push(["runtime.allowRootUser", true, "run as another user: the namespace refuses pods of root"]);
  for (const secret of secrets) {
    if (!("length" in secret))
      found.push([
        `secrets.${secret.variable}`,
        secret.arn,
        "let the secret be made ({ length: 64 }), or let the service read it from Secrets Manager on the target ecs",
      ]);
  }
  return found.map(([path, value, remedy]) => ({ path, value, allowed: "not set on the target eks", remedy }));
}

/** Pods of a service in a rolling update, at its highest maximum. */
const podsOf = ({ scaling: { max } }: ServicePlan): number => max + Math.ceil(max / 4);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function needsOf(plan: EksPlan): Need[] {
  const { services, endpoints } = plan;
  const exposed = services.filter(({ exposes }) => exposes);
  return [
    concurrencyOf(plan),
    { quota: "rulesPerBalancer", count: exposed.length, what: "the routes of exposed services" },
    { quota: "targetGroupsPerBalancer", count: exposed.length, what: "exposed services" },
    {
      quota: "targetsPerBalancer",
      count: sum(exposed.map(podsOf)),
      what: "pods of exposed services in a rolling update",
    },
    { quota: "interfaceEndpointsPerVpc", count: endpoints.length, what: "the AWS services that nodes and pods use" },
  ];
}

/** AWS keeps five addresses of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED = 5;
/** Nodes take addresses in blocks of 16 and hold one in reserve: https://docs.aws.amazon.com/eks/latest/userguide/auto-networking.html */
const BLOCK = 16;

/** Addresses of pods and nodes in the fullest zone. */
function addressProblems({ services, zones, endpoints, environment: { network } }: EksPlan): Problem[] {
  const pods = Math.ceil(sum(services.map(podsOf)) / zones.length);
  const needed = (Math.ceil(pods / BLOCK) + 2) * BLOCK + endpoints.length;
  const mask = network.masks?.private ?? DEFAULT_MASKS.private;
  const usable = addresses(mask) - RESERVED;
  if (needed <= usable) return [];
  return [
    {
      path: "archipelago:masks.private",
      value: `${needed} addresses in a zone`,
      allowed: `${usable}, as many as a /${mask} has besides the ${RESERVED} that AWS keeps`,
      remedy: `set archipelago:masks.private to ${32 - Math.ceil(Math.log2(needed + RESERVED))} before the network is created, or lower the most pods of services`,
    },
  ];
}
