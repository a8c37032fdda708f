// The custom resource definitions of the operators that a program may use, from the operators' own Go modules. The operators themselves do not run here:
// objects are judged by schema and CEL, and nothing reconciles them.
import { loadAll } from "js-yaml";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Api, hasCondition, type KubernetesObject } from "./api";
import { type BuildPlace, goIn, NotBuilt } from "../go-build";

interface Operator {
  readonly module: string;
  readonly version: string;
  /** Go's checksum of the module. */
  readonly sum: string;
  /** Folder of the definitions in the module. */
  readonly folder: string;
  /** Files in it that are used. @default all */
  readonly files?: RegExp;
}

/** The topology operator of RabbitMQ has no module that is to be had, and neither has an operator of Valkey. */
export const OPERATORS = {
  "cloudnative-pg": {
    module: "github.com/cloudnative-pg/cloudnative-pg",
    version: "v1.28.0",
    sum: "h1:vkv0a0ewDSfJOPJrsyUr4uczsxheReAWf/k171V0Dm0=",
    folder: "config/crd/bases",
  },
  "rabbitmq-cluster": {
    module: "github.com/rabbitmq/cluster-operator/v2",
    version: "v2.16.0",
    sum: "h1:oYJm+1tXIatGHtiUWyN9hGdO+0eWsXA/j1b81wh0IqI=",
    folder: "config/crd/bases",
  },
  keda: {
    module: "github.com/kedacore/keda/v2",
    version: "v2.21.0",
    sum: "h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=",
    folder: "config/crd/bases",
  },
  "gateway-api": {
    module: "sigs.k8s.io/gateway-api",
    version: "v1.6.3",
    sum: "h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=",
    folder: "config/crd/standard",
  },
  "envoy-gateway": {
    module: "github.com/envoyproxy/gateway",
    version: "v1.9.1",
    sum: "h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=",
    folder: "charts/gateway-crds-helm/templates/generated",
    files: /_(?:security|backendtraffic)policies\.yaml$/,
  },
  "cert-manager": {
    module: "github.com/cert-manager/cert-manager",
    version: "v1.21.2",
    sum: "h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=",
    folder: "deploy/crds",
  },
  "external-secrets": {
    module: "github.com/external-secrets/external-secrets",
    version: "v0.16.2",
    sum: "h1:iNY+gIgSyL5higXTfnz+hdPCaiB/43UiHLqE7HBpj68=",
    folder: "config/crds/bases",
  },
  "prometheus-operator": {
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "v0.88.0",
    sum: "h1:3T/dCQdk7CUVRqVfwRHoC5g66fC/ML6XQQLtQVL6Q5o=",
    folder: "example/prometheus-operator-crd",
    files: /_(?:podmonitors|prometheusrules|servicemonitors)\.yaml$/,
  },
} as const satisfies Readonly<Record<string, Operator>>;

/** A text that is not empty. */
const NAME = { type: "string", minLength: 1 } as const;

/**
 * Definitions that no module has, because their controllers are part of a service: of EKS Auto Mode the fields that are used here
 * (https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html; the fields are those of the AWS Load Balancer Controller).
 */
export const WRITTEN = {
  "eks-auto-mode": {
    version: "v1",
    definitions: [
      {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "targetgroupbindings.eks.amazonaws.com" },
        spec: {
          group: "eks.amazonaws.com",
          scope: "Namespaced",
          names: { kind: "TargetGroupBinding", plural: "targetgroupbindings", singular: "targetgroupbinding" },
          versions: [
            {
              name: "v1",
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: "object",
                  required: ["spec"],
                  properties: {
                    spec: {
                      type: "object",
                      required: ["serviceRef", "targetGroupARN"],
                      properties: {
                        serviceRef: {
                          type: "object",
                          required: ["name", "port"],
                          properties: { name: NAME, port: { "x-kubernetes-int-or-string": true } },
                        },
                        targetGroupARN: NAME,
                        targetType: { type: "string", enum: ["instance", "ip"] },
                      },
                    },
                  },
                },
              },
            },
          ],
        },
      },
    ],
  },
} as const;

export type OperatorName = keyof typeof OPERATORS | keyof typeof WRITTEN;

const isWritten = (name: OperatorName): name is keyof typeof WRITTEN => name in WRITTEN;
const versionOf = (name: OperatorName): string => (isWritten(name) ? WRITTEN[name] : OPERATORS[name]).version;

const pollMilliseconds = 100;
const establishedMilliseconds = 60_000;

/**
 * Installs the definitions of operators and waits until the API server serves them. What is there already is applied again, which changes nothing.
 *
 * @throws NotBuilt when a module can't be fetched, or is not the pinned one
 */
export async function installOperators(api: Api, names: readonly OperatorName[], place: BuildPlace): Promise<void> {
  const marker = await installed(api);
  const missing = names.filter((name) => marker.data[name] !== versionOf(name));
  if (missing.length === 0) return;
  const objects: KubernetesObject[] = [];
  for (const name of missing)
    objects.push(
      ...(isWritten(name)
        ? WRITTEN[name].definitions
        : definitionsIn(await fetched(name, place), filesOf(OPERATORS[name]))),
    );
  for (const object of objects) await applied(api, object);
  for (const object of objects.filter(({ kind }) => kind === "CustomResourceDefinition"))
    await established(api, object);
  api.forgetKinds();
  for (const name of missing) {
    for (const object of CLASSES[name] ?? []) await applied(api, object);
  }
  const data = { ...marker.data, ...Object.fromEntries(missing.map((name) => [name, versionOf(name)])) };
  await applied(api, { ...marker, data });
}

/** Classes that a program can name as `offline`, as the operators' administrators make them. */
const CLASSES: Readonly<Partial<Record<OperatorName, readonly KubernetesObject[]>>> = {
  "gateway-api": [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "offline" },
      spec: { controllerName: "archipelago.offline/gateway" },
    },
  ],
  "envoy-gateway": [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "offline-envoy-gateway" },
      spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" },
    },
  ],
  "cert-manager": [
    {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
      metadata: { name: "offline" },
      spec: { selfSigned: {} },
    },
  ],
};

async function applied(api: Api, object: KubernetesObject): Promise<void> {
  const { status, text } = await api.apply(object);
  if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name} was refused: ${text}`);
}

interface Marker extends KubernetesObject {
  readonly data: Readonly<Record<string, string>>;
}

/** What was installed before, by version: it takes seconds to apply it again. */
async function installed(api: Api): Promise<Marker> {
  const none: Marker = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "archipelago-operators", namespace: "kube-system" },
    data: {},
  };
  const { status, body } = await api.call("GET", await api.path(none));
  return status === 200 ? { ...none, data: (body as Partial<Marker>).data ?? {} } : none;
}

/** The names among `asked`; throws for one that is none. */
export function operatorNames(asked: string): readonly OperatorName[] {
  const known = (name: string): name is OperatorName => name in OPERATORS || name in WRITTEN;
  return asked.split(",").flatMap((name) => {
    if (name === "") return [];
    if (known(name)) return [name];
    throw new Error(
      `"${name}" is no operator that is known: it is one of ${[...Object.keys(OPERATORS), ...Object.keys(WRITTEN)].join(", ")}`,
    );
  });
}

/** The folder with an operator's definitions, in the user's cache. */
async function fetched(name: keyof typeof OPERATORS, place: BuildPlace): Promise<string> {
  const { module, version, sum, folder }: Operator = OPERATORS[name];
  const files = filesOf(OPERATORS[name]);
  const target = join(place.cache, `kubernetes-crds-${name}-${version}`);
  if (existsSync(target)) return target;
  mkdirSync(place.cache, { recursive: true });
  const stage = mkdtempSync(join(place.cache, ".crds-"));
  try {
    place.say(`fetching the definitions of ${name} ${version} from its Go module`);
    const text = await goIn(stage, place).run(["mod", "download", "-json", `${module}@${version}`], () => undefined);
    const { Dir, Sum } = JSON.parse(text) as { readonly Dir: string; readonly Sum: string };
    if (Sum !== sum) throw new NotBuilt(`${module} ${version} has the checksum ${Sum}; ${sum} is pinned`);
    for (const file of readdirSync(join(Dir, folder)).filter((each) => files.test(each) && each !== "kustomization.yaml"))
      copyFileSync(join(Dir, folder, file), join(stage, file));
    // Another process may have been faster: its folder holds the same.
    if (!existsSync(target)) renameSync(stage, target);
    return target;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
} // prettier-ignore

const filesOf = ({ files = /^[a-z].*\.yaml$/ }: Operator): RegExp => files;

function definitionsIn(folder: string, files: RegExp): readonly KubernetesObject[] {
  const used = readdirSync(folder).filter((file) => files.test(file)).sort();
  const objects = used.flatMap((file) => loadAll(withoutTemplate(readFileSync(join(folder, file), "utf8"))) as (KubernetesObject | null)[]);
  // A status that a generator has left is the server's to write.
  return objects.flatMap((object) => (object === null ? [] : [withoutStatus(object)]));
} // prettier-ignore

/** Files of a Helm chart have an `if` and its end around a definition, each in a line of its own. */
const withoutTemplate = (text: string): string => text.replace(/^\{\{-.*\}\}$/gm, "");

function withoutStatus(object: KubernetesObject): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const others = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== "status"));
  return { apiVersion, kind, metadata, ...others };
}

async function established(api: Api, object: KubernetesObject): Promise<void> {
  const path = await api.path(object);
  const until = performance.now() + establishedMilliseconds;
  while (performance.now() < until) {
    if (hasCondition((await api.call("GET", path)).body, "Established")) return;
    await pause(pollMilliseconds);
  }
  throw new Error(`${object.metadata.name} is not served after ${establishedMilliseconds / 1000} s`);
}
