// The pods of a resource, whatever kind makes them, and rules on each container of them.
import type { Condition } from "../conditions";
import type { Resource, ResourceRule, RuleInfo } from "../rule";
import { at, each, isMissing, isObject, type Located, type Properties, UNKNOWN, type Value } from "../value";

/** Where each kind has the specification of its pods. */
const PLACES: Readonly<Record<string, string>> = {
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:apps/v1:StatefulSet": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:core/v1:PodTemplate": "template.spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
};

/** Kinds that make pods. */
export const POD_KINDS = Object.keys(PLACES);

/** Kinds whose pods run until they are stopped. */
export const LASTING_KINDS = POD_KINDS.filter((kind) => !kind.includes(":batch/"));

/** A pod's specification and where it stands. */
export interface Pod {
  /** `spec.template.spec` */
  readonly path: string;
  readonly spec: Properties;
  /** The metadata of the pod itself, where its annotations are. */
  readonly metadata: Value;
}

/** A container of a pod. */
export interface Container {
  /** `spec.template.spec.containers[0]` */
  readonly path: string;
  readonly props: Properties;
  /** Whether it runs before the others, and ends. */
  readonly begins: boolean;
  /** Whether it is an ephemeral container, which a person adds to a running pod to debug it. */
  readonly ephemeral: boolean;
}

/** The pod of a resource, where it is known. */
export function podOf(resource: Resource): Pod | undefined {
  const path = PLACES[resource.type];
  const spec = path === undefined ? undefined : at(resource.props, path);
  if (path === undefined || !isObject(spec)) return undefined;
  const holder = path.replace(/\.?spec$/, "");
  return { path, spec, metadata: at(resource.props, holder === "" ? "metadata" : `${holder}.metadata`) };
}

/** The containers of a pod that are known. */
export function containersOf({ path, spec }: Pod): readonly Container[] {
  return ["containers", "initContainers", "ephemeralContainers"].flatMap((list) =>
    each(spec, `${list}[*]`).flatMap(({ path: place, value }) =>
      isObject(value)
        ? // A sidecar is an init container that lasts.
          [
            {
              path: `${path}.${place}`,
              props: value,
              begins: list === "initContainers" && value.restartPolicy !== "Always",
              ephemeral: list === "ephemeralContainers",
            },
          ]
        : [],
    ),
  );
}

/** Whether a pod runs on Windows, which has neither these users nor these capabilities. */
export function isWindows({ spec }: Pod): boolean {
  // A label's name has dots, which a path would take for steps.
  const selector = at(spec, "nodeSelector");
  return at(spec, "os.name") === "windows" || (isObject(selector) && selector["kubernetes.io/os"] === "windows");
}

/** A rule on the pod as a whole. */
export function podRule(
  info: RuleInfo,
  check: (pod: Pod, report: (located: Located, required: string) => void, resource: Resource) => void,
  kinds: readonly string[] = POD_KINDS,
): ResourceRule {
  return {
    ...info,
    appliesTo: kinds,
    check(resource, report) {
      const pod = podOf(resource);
      if (!pod) return;
      check(
        pod,
        ({ path, value }, required) => {
          report({ path, found: value, required });
        },
        resource,
      );
    },
  };
}

/** Arguments of a rule on containers. */
export interface ContainerRuleArgs extends RuleInfo {
  /** The property of the container. */
  readonly property: string;
  readonly must: Condition;
  /** A property of the pod that gives the same to containers that say nothing. */
  readonly fromPod?: string;
  /** Whether containers that run before the others are left out. @default they are judged */
  readonly lastingOnly?: boolean;
  /** Whether pods on Windows are left out. @default they are judged */
  readonly linuxOnly?: boolean;
  /** @default every kind that makes pods */
  readonly kinds?: readonly string[];
}

/**
 * Properties that the API refuses in an ephemeral container.
 * https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/#understanding-ephemeral-containers
 */
const NOT_EPHEMERAL = /^(ports|resources|livenessProbe|readinessProbe)\b/;

/** A rule with one condition on one property of each container. */
export function containerRule(args: ContainerRuleArgs): ResourceRule {
  const { property, must, fromPod, lastingOnly = false, linuxOnly = false, kinds, ...info } = args;
  return podRule(
    info,
    (pod, report) => {
      if (linuxOnly && isWindows(pod)) return;
      for (const { path, props, begins, ephemeral } of containersOf(pod)) {
        if ((lastingOnly && begins) || (ephemeral && NOT_EPHEMERAL.test(property))) continue;
        const own = at(props, property);
        const value = isMissing(own) && fromPod !== undefined ? at(pod.spec, fromPod) : own;
        if (value !== UNKNOWN && !must.accepts(value)) report({ path: `${path}.${property}`, value: own }, must.words);
      }
    },
    kinds,
  );
}

/** A rule with one condition on one property of the pod. */
export function podPropertyRule(
  info: RuleInfo,
  property: string,
  must: Condition,
  kinds?: readonly string[],
): ResourceRule {
  return podRule(
    info,
    ({ path, spec }, report) => {
      for (const { path: place, value } of each(spec, property)) {
        if (value !== UNKNOWN && !must.accepts(value)) report({ path: `${path}.${place}`, value }, must.words);
      }
    },
    kinds,
  );
}
