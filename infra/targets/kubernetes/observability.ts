// What watches a stack in a cluster: everything is made from the signals of what was built, by service.
import { Observability } from "../../../components/kubernetes/observability";
import { keyOf, type Thing } from "../../model/edges";
import type { Built } from "./service";
import type { Foundation } from "./foundation";

/** Creates alerts and the dashboard, where the settings name a Prometheus. */
export function createObservability({ plan, placement, opts, messaging, collector }: Foundation, built: Built): void {
  const { monitoring } = plan.cluster;
  if (monitoring === undefined) return;
  const signalsOf = (things: readonly Thing[]) => things.flatMap((thing) => built.get(keyOf(thing))?.signals ?? []);
  const services = plan.services.map(({ name }) => ({
    title: name,
    signals: signalsOf([{ kind: "service", name }, ...plan.nodes.filter(({ owner }) => owner === name)]),
  }));
  const shared = [
    ...signalsOf(plan.nodes.filter(({ owner }) => owner === undefined)),
    ...(messaging?.signals ?? []),
    ...(collector?.signals ?? []),
  ];
  new Observability(
    plan.system,
    {
      ...{ placement, monitoring, title: `${plan.system} in ${plan.environment.name}` },
      sections: [...services, { title: "shared", signals: shared }],
    },
    opts,
  );
}
