// The Kubernetes provider, alike for every kind: an object has a name, a namespace, an identity and a version.
import type { Birth, PackageRules, TypeRule } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";
import { uuid } from "../aws/shapes";
import { selectsByExpression, soundAnywhere } from "../kubernetes/anywhere";
import { changed, IMMUTABLE, mutableData, replacesData } from "../kubernetes/changes";
import { expects } from "../kubernetes/expectations";
import { candidateId, NAMESPACE, namespaceObjects } from "../kubernetes/namespaces";
import { declaredKind, unused, wellLabelled, wellNamed } from "../kubernetes/metadata";
import { possible } from "../kubernetes/objects";
import { possiblePod } from "../kubernetes/pods";
import { kindOf } from "../kubernetes/shapes";
import { ofDeclaredVersion, servedVersion } from "../kubernetes/versions";
import { scalesUpwards, selectsItsPods, servicePorts, soundPod } from "../kubernetes/workloads";

/** Kinds that live outside namespaces. */
const CLUSTER_WIDE = new Set([
  "Namespace", "Node", "PersistentVolume", "ClusterRole", "ClusterRoleBinding", "StorageClass", "CustomResourceDefinition",
  "PriorityClass", "IngressClass", "GatewayClass", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
  "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ClusterIssuer", "APIService", "RuntimeClass", "CSIDriver",
]); // prettier-ignore

const metadataOf = (inputs: Values): Values => (isObject(inputs.metadata) ? inputs.metadata : {});

function identifier(birth: Birth): string {
  const { namespace, name } = metadataOf(birth.inputs);
  const own = text(name) ?? birth.logicalName;
  return CLUSTER_WIDE.has(kindOf(birth.schema.token)) ? own : `${text(namespace) ?? "default"}/${own}`;
}

/** The API server's part of an object's metadata: made at creation; a change counts as a new generation. */
function finished(outputs: Values, birth: Birth, before: Values | undefined): Values {
  const old = before === undefined ? {} : metadataOf(before);
  const generation = typeof old.generation === "number" ? old.generation + 1 : 1;
  const metadata = {
    creationTimestamp: old.creationTimestamp ?? birth.now,
    generation,
    resourceVersion: String(Number.parseInt(birth.hex(6, `version${generation}`), 16)),
    uid: old.uid ?? uuid(birth, "uid"),
    ...metadataOf(outputs),
  };
  return { ...outputs, metadata };
}

const IDENTITY = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];

/** What an object gets besides what was written: identity at creation, and a status once something runs. */
const RULE: TypeRule = {
  autoname: false,
  unique: false,
  id: identifier,
  replaces: IDENTITY,
  keepsName: (olds, news) => keepsName(olds, news),
  computed: { status: status },
};

const BUILT_IN = /^kubernetes:(core|apps|batch|storage\.k8s\.io|rbac\.authorization\.k8s\.io)\//;

/** An object that is replaced under the name that somebody gave it can't be made before the old one is gone. */
function keepsName(olds: Values, news: Values): boolean {
  const [before, after] = [metadataOf(olds), metadataOf(news)];
  const generated = isObject(after.annotations) && after.annotations["pulumi.com/autonamed"] === "true";
  const same = before.name === after.name && (before.namespace ?? "default") === (after.namespace ?? "default");
  return same && !generated && text(after.name) !== undefined;
}

const STRICT: TypeRule = {
  ...RULE,
  references: { "metadata.namespace": NAMESPACE },
  constraints: [
    servedVersion,
    declaredKind,
    wellNamed,
    wellLabelled,
    unused((candidate) => candidateId(candidate, CLUSTER_WIDE.has(kindOf(candidate.type)))),
    selectsItsPods,
    selectsByExpression,
    soundAnywhere,
    soundPod,
    possiblePod,
    possible,
    servicePorts,
    scalesUpwards,
  ],
};
const rules = new Map<string, TypeRule>();

/** Patches change what somebody else has made, and releases are Helm's. */
function ruleOf(token: string): TypeRule {
  const kind = kindOf(token);
  if (kind.endsWith("Patch") || kind.endsWith("List") || kind === "Release") return RULE;
  const immutable = BUILT_IN.test(token) ? IMMUTABLE[kind] : undefined;
  const known = rules.get(token) ?? { ...STRICT, unchangeable: changed(token), ...(immutable && { replaces: [...IDENTITY, ...immutable] }) };
  rules.set(token, known);
  return known;
} // prettier-ignore

function status(birth: Birth): Value | undefined {
  const kind = kindOf(birth.schema.token);
  const spec = isObject(birth.inputs.spec) ? birth.inputs.spec : {};
  const replicas = typeof spec.replicas === "number" ? spec.replicas : 1;
  if (kind === "Deployment" || kind === "StatefulSet")
    return {
      observedGeneration: 1,
      replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      updatedReplicas: replicas,
    };
  if (kind === "Namespace") return { phase: "Active" };
  if (kind === "Service" && spec.type === "LoadBalancer")
    return { loadBalancer: { ingress: [{ hostname: `${birth.hex(16)}.elb.${birth.region}.amazonaws.com` }] } };
  return {};
}

/** What holds of any object, whatever else the cluster has. */
const objectRules: PackageRules = {
  rule: ruleOf,
  takesAlong: namespaceObjects,
  completed(_schema, token, logicalName, inputs, hex) {
    if (kindOf(token) === "Release" || inputs.metadata === UNKNOWN) return inputs;
    const given = metadataOf(inputs);
    const named = given.name !== undefined || given.generateName !== undefined;
    const namespaced = CLUSTER_WIDE.has(kindOf(token)) || given.namespace !== undefined;
    const [, group = "", kind = ""] = token.split(":");
    return {
      ...inputs,
      apiVersion: inputs.apiVersion ?? group.replace(/^core\//, ""),
      kind: inputs.kind ?? kind,
      metadata: {
        ...given,
        ...(!named && {
          name: `${logicalName}-${hex}`,
          annotations: {
            ...(isObject(given.annotations) ? given.annotations : {}),
            "pulumi.com/autonamed": "true",
          },
        }),
        ...(!namespaced && { namespace: "default" }),
      },
    };
  },
  id: identifier,
  generic: () => undefined,
  finished,
  known: () => undefined,
  invoke(token): Values {
    throw new Error(`offline: the kubernetes function ${token} is not emulated`);
  },
};

export { ofDeclaredVersion };

export const kubernetesRules: PackageRules = { ...objectRules, expects };

/** The rules of a provider that may change data of config maps, or of secrets, in place. */
export function rulesWith(config: Values): PackageRules {
  const mutable = mutableData(config);
  if (mutable.size === 0) return kubernetesRules;
  const rule = (token: string): TypeRule => {
    return mutable.has(token) ? { ...ruleOf(token), replacesWhen: replacesData(token) } : ruleOf(token);
  };
  return { ...kubernetesRules, rule };
}

/**
 * Objects that are written to files: what they need may be in the cluster that gets them one day, so they are judged each by itself.
 * https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#renderyamltodirectory_nodejs
 */
export const renderedRules: PackageRules = {
  ...objectRules,
  rule: (token) => ({ ...ruleOf(token), references: {} }),
};
