// What a stack's settings, system and environment must be together on EKS, before there is a plan. Pure.
import type { Problem } from "../../../components/kit/problems";
import { Findings } from "../../model/findings";
import { tokenChecked } from "../../model/kinds/service/priorities";
import { NAMESPACE } from "../../model/read-settings";
import type { System } from "../../model/system";
import { conflictsOnAws } from "../aws/conflicts";
import type { Conflicts, Stack } from "../target";
import type { EksSettings } from "./settings";

/** What every target on AWS refuses, and what EKS refuses beside it. */
export function conflictsOnEks(stack: Stack<EksSettings>): Conflicts {
  const { system, own } = stack;
  const { problems, warnings } = conflictsOnAws(stack);
  const findings = new Findings();
  findings.require(
    own.network === undefined,
    `${NAMESPACE}:network`,
    own.network?.vpcId,
    "not set on the target eks: NetworkPolicies name the ranges of the stack's own subnets",
    "remove it and let the stack make its network (archipelago:cidr says its range), or use the target ecs",
  );
  findings.require(
    (own.kubeconfig === undefined) === (own.context === undefined),
    `${NAMESPACE}:context`,
    own.context,
    "set exactly when kubeconfig is: the current context of a file may be another cluster",
    "set both keys, or neither",
  );
  findings.require(
    own.legacy === undefined,
    `${NAMESPACE}:legacy`,
    Object.keys(own.legacy ?? {}),
    "not set on the target eks: its routes are not shared with a legacy system yet",
    "remove it, or use the target ecs",
  );
  if (system) checkTokens(system, findings);
  return {
    problems: [...problems, ...findings.problems],
    warnings: [...warnings, ...reach(stack), ...scaling(stack.system), ...tracing(stack)],
  };
}

/** An internal load balancer in subnets without a route to a NAT gateway can't fetch the keys of tokens. */
function checkTokens(system: System, findings: Findings): void {
  for (const service of tokenChecked(system))
    findings.require(
      false,
      `${system.name}.services.${service}.exposes.authentication`,
      "jwt",
      "not set on the target eks: its load balancer has no way to the internet, where the keys of tokens are",
      'describe an entrance of the kind http, which checks tokens itself, or let the service check them: authentication: "by-service"',
    );
}

/** Who runs an update must reach the endpoint. */
function reach({ own, offline }: Stack<EksSettings>): Problem[] {
  if (offline || own.apiCidrs !== undefined || own.kubeconfig !== undefined) return [];
  return [
    {
      path: `${NAMESPACE}:apiCidrs`,
      value: undefined,
      allowed: "a private endpoint: updates run where it can be reached",
      remedy:
        "run `pulumi up` in the VPC (a runner, a VPN), name a tunnel (kubeconfig and context), or name the ranges of your pipeline",
    },
  ];
}

/** Scaling on the backlog of a queue needs a controller that a new cluster does not have. */
function scaling(system: System | undefined): Problem[] {
  return Object.entries(system?.services ?? {}).flatMap(([name, { scaling: given }]) =>
    (["queue", "backlogPerTask", "requestsPerTarget", "schedules"] as const).flatMap((key) =>
      !(key in given)
        ? []
        : [
            {
              path: `${system?.name ?? ""}.services.${name}.scaling.${key}`,
              value: key,
              allowed: "not used on the target eks: pods scale on CPU and memory",
              remedy: "set min for the load that CPU and memory do not show; the alarms of queues stay",
            },
          ],
    ),
  );
}

function tracing({ own, system }: Stack<EksSettings>): Problem[] {
  if (own.collector === undefined || system?.tracing === undefined) return [];
  return [
    {
      path: `${NAMESPACE}:collector`,
      value: own.collector.image,
      allowed: "not used on the target eks: pods have no collector beside them",
      remedy: "remove it, and install a collector in the cluster; services pass trace identifiers on",
    },
  ];
}
