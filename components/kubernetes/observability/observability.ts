// Alerting rules and a dashboard of a namespace, made from the signals of its components. Prometheus and Grafana belong to the cluster.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwIfAny, transformed, unless } from "../../kit";
import { inCluster, metadataOf } from "../kit";
import type { ObservabilityArgs, ObservabilityOutputs } from "./args";
import { dashboardOf, uidOf } from "./dashboard";
import { ruleGroups } from "./rules";

const TYPE = "archipelago:kubernetes:Observability";

/** The children. */
export interface ObservabilityNodes {
  readonly rules: kubernetes.apiextensions.CustomResource;
  readonly dashboard: kubernetes.core.v1.ConfigMap;
}

/**
 * A PrometheusRule with an alert for each signal that has a threshold, and a ConfigMap with a dashboard of Grafana. It costs nothing. Everything changes in
 * place; a new title is a new dashboard for Grafana.
 *
 * @example
 * new Observability("shop", { placement, monitoring: { namespace: "monitoring" }, title: "shop in dev", sections: [{ title: "order", signals: order.signals }] }, { provider });
 */
export class Observability extends pulumi.ComponentResource implements ObservabilityOutputs {
  readonly dashboardUid: pulumi.Output<string>;
  /** The children. */
  readonly nodes: ObservabilityNodes;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateObservability(args));
    this.nodes = createNodes(name, args, this);
    this.dashboardUid = pulumi.output(uidOf(args.title));
    const { dashboardUid } = this;
    this.registerOutputs({ dashboardUid });
  }
}

/** Every problem of the arguments. Pure. */
export function validateObservability({ title, sections }: ObservabilityArgs): Problem[] {
  const titles = sections.map((section) => section.title);
  return [
    ...unless(title.length >= 1 && title.length <= 100, {
      path: "title",
      value: title,
      allowed: "1 to 100 characters",
      remedy: "shorten it",
    }),
    ...titles.flatMap((one, index) =>
      unless(titles.indexOf(one) === index, {
        path: `sections[${index}].title`,
        value: one,
        allowed: "each title once: Prometheus refuses two groups of one name",
        remedy: "join the sections, or rename one",
      }),
    ),
  ];
}

function createNodes(name: string, args: ObservabilityArgs, parent: pulumi.Resource): ObservabilityNodes {
  const { placement, monitoring, title, sections, dashboardLabel = "grafana_dashboard", transform } = args;
  const namespace = pulumi.output(placement.namespace);
  const rules = new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      transform?.rules,
      name,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: metadataOf(placement, name, monitoring.labels),
        spec: { groups: namespace.apply((known) => ruleGroups(sections, known)) },
      },
      { parent },
    ),
  );
  const called = `${name}-dashboard`;
  const dashboard = new kubernetes.core.v1.ConfigMap(
    ...transformed<kubernetes.core.v1.ConfigMapArgs>(
      transform?.dashboard,
      called,
      {
        metadata: metadataOf(placement, called, { [dashboardLabel]: "1" }),
        data: { [`${name}.json`]: namespace.apply((known) => JSON.stringify(dashboardOf(title, sections, known))) },
      },
      { parent },
    ),
  );
  return { rules, dashboard };
}
