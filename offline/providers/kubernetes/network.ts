// What the API server asks of services, ingresses and network policies.
import { isIP, isIPv4 } from "node:net";
import { hasUnknown, isObject, UNKNOWN, type Value, type Values } from "../core/values";
import { asSubdomain, port, protocol } from "./pods";
import { all, type Check, exactlyOne, forbids, isText, keys, matching, needs, oneOf, says, type Table, unique, within } from "./tables"; // prettier-ignore

const serviceType = ({ type = "ClusterIP" }: Values): string => isText(type);
const outward = (spec: Values): boolean => hasUnknown(spec.type) || /^(NodePort|LoadBalancer)$/.test(serviceType(spec));
const EXTERNAL = ["externalTrafficPolicy"];

/** Numbers of an address, and how many of its bits count. */
function block(text: string): { readonly address: bigint; readonly bits: bigint; readonly size: bigint } | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const size = isIPv4(address) ? 32n : 128n;
  if (rest.length > 0 || isIP(address) === 0 || !/^\d{1,3}$/.test(length) || BigInt(length) > size) return undefined;
  return { address: size === 32n ? numberOfV4(address) : 0n, bits: BigInt(length), size };
}

const numberOfV4 = (address: string): bigint => address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);

const cidr: Check = (value) =>
  block(isText(value)) ? [] : [{ property: "", reason: `${JSON.stringify(value)} must be a block such as "10.0.0.0/16"` }]; // prettier-ignore

/** Exceptions are parts of their block. IPv6 is not compared. */
const exceptions: Check = function* (value) {
  const whole = isObject(value) ? block(isText(value.cidr)) : undefined;
  const list = isObject(value) && Array.isArray(value.except) ? (value.except as readonly Value[]) : [];
  for (const [index, item] of list.entries()) {
    const part = item === UNKNOWN ? undefined : block(isText(item));
    if (!whole || !part || whole.size !== 32n) continue;
    const shift = 32n - whole.bits;
    if (part.size === 32n && part.bits > whole.bits && part.address >> shift === whole.address >> shift) continue;
    yield { property: `.except[${index}]`, reason: `${JSON.stringify(item)} must be a part of the block, and smaller` };
  }
};

const SERVICE: Table = {
  "": all(
    says((spec) => {
      const free = serviceType(spec) === "ExternalName" || spec.clusterIP === "None" || hasUnknown(spec.type) || hasUnknown(spec.clusterIP);
      const ports = spec.ports ?? [];
      return !free && Array.isArray(ports) && ports.length === 0 ? "a service needs a port" : undefined;
    }, ".ports"),
    says((spec) => (serviceType(spec) === "ExternalName" && isText(spec.externalName) === "" && !hasUnknown(spec.externalName) ? "the type ExternalName needs a name" : undefined), ".externalName"),
    says((spec) => (spec.clusterIP === "None" && outward(spec) && !hasUnknown(spec.type) ? `a service of type ${serviceType(spec)} needs an address` : undefined), ".clusterIP"),
    forbids((spec) => !outward(spec), "only services of type NodePort and LoadBalancer take it", ...EXTERNAL),
    forbids((spec) => !hasUnknown(spec.type) && serviceType(spec) !== "LoadBalancer", "only services of type LoadBalancer take it", "loadBalancerClass"),
    function* (spec) {
      if (!isObject(spec) || outward(spec) || !Array.isArray(spec.ports)) return;
      for (const [index, each] of (spec.ports as readonly Value[]).entries())
        if (isObject(each) && (each.nodePort ?? 0) !== 0 && each.nodePort !== UNKNOWN)
          yield { property: `.ports[${index}].nodePort`, reason: "only services of type NodePort and LoadBalancer take it: leave it out" };
    },
  ),
  ports: all(unique(["name"]), unique(["port", "protocol"], { protocol: "TCP" })),
  "ports[].name": matching(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'lower-case letters, digits and "-", at most 63 characters', 63),
  "ports[].targetPort": port,
  "ports[].protocol": protocol,
  "ports[].nodePort": within(30000, 32767),
  clusterIP: (value) => (value === "None" || value === "" || isIP(isText(value)) > 0 ? [] : [{ property: "", reason: `${JSON.stringify(value)} must be an address, or "None"` }]),
  sessionAffinity: oneOf("None", "ClientIP"),
  externalTrafficPolicy: oneOf("Cluster", "Local"),
  "loadBalancerSourceRanges[]": cidr,
  "selector{}": matching(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, 'letters, digits, "-", "_" and "."', 63),
  selector: keys(/^\S+$/, "a label's"),
}; // prettier-ignore

const BACKEND: Check = says((backend) => {
  const { service, resource } = backend;
  if (hasUnknown(service) || hasUnknown(resource)) return undefined;
  if ((service === undefined) === (resource === undefined)) return "write exactly one of service, resource";
  const ports = isObject(service) && isObject(service.port) ? Object.keys(service.port) : [];
  return service === undefined || ports.length === 1 ? undefined : "a service needs its port, by number or by name";
});
const wild = matching(/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'a DNS name in lower case, with "*." before it or not'); // prettier-ignore
const host: Check = (value, beside) =>
  isIP(isText(value)) > 0
    ? [{ property: "", reason: `${JSON.stringify(value)} must be a DNS name, not an address` }]
    : wild(value, beside);

const INGRESS: Table = {
  "": says(({ rules, defaultBackend }) =>
    ((rules ?? null) === null || (Array.isArray(rules) && rules.length === 0)) && (defaultBackend ?? null) === null
      ? "it leads nowhere: write rules or defaultBackend"
      : undefined,
  ),
  ingressClassName: asSubdomain,
  "rules[].host": host,
  "rules[].http": needs("paths"),
  "rules[].http.paths[].pathType": oneOf("Exact", "Prefix", "ImplementationSpecific"),
  "rules[].http.paths[]": says(({ path, pathType }) => {
    const exact = pathType === "Exact" || pathType === "Prefix";
    if (hasUnknown(path) || !exact) return undefined;
    if (!isText(path).startsWith("/")) return `${JSON.stringify(path ?? "")} must begin with "/"`;
    return /\/\/|\/\.{1,2}(\/|$)|%2f/i.test(isText(path)) ? `${JSON.stringify(path)} must hold no "//", "." or ".."` : undefined; // prettier-ignore
  }, ".path"),
  "rules[].http.paths[].backend": BACKEND,
  defaultBackend: BACKEND,
};

const side = (list: string, peers: string): Table => ({
  [`${list}[].${peers}[]`]: all(exactlyOne(["ipBlock", "podSelector"], true), (peer) =>
    isObject(peer) && Object.keys(peer).length === 0
      ? [{ property: "", reason: "it is nobody: write podSelector, namespaceSelector or ipBlock" }]
      : [],
  ),
  [`${list}[].${peers}[].ipBlock.cidr`]: cidr,
  [`${list}[].${peers}[].ipBlock`]: exceptions,
  [`${list}[].ports[].port`]: port,
  [`${list}[].ports[].protocol`]: protocol,
  [`${list}[].ports[].endPort`]: (end, { port: from }) => {
    if (from === undefined || typeof from === "string")
      return from === UNKNOWN ? [] : [{ property: "", reason: "it needs a port by number, where it begins" }];
    return typeof end === "number" && typeof from === "number" && end < from
      ? [{ property: "", reason: `${end} must be at least the port, which is ${from}` }]
      : within(1, 65535)(end, {});
  },
});

const POLICY: Table = {
  "policyTypes[]": oneOf("Ingress", "Egress"),
  policyTypes: (types) =>
    Array.isArray(types) && types.length > 2
      ? [{ property: "", reason: "there are two: Ingress and Egress, each once" }]
      : [],
  ...side("ingress", "from"),
  ...side("egress", "to"),
};

/** Tables of the specification by kind. */
export const NETWORK: Readonly<Record<string, Table>> = {
  "core/v1:Service": SERVICE,
  "networking.k8s.io/v1:Ingress": INGRESS,
  "networking.k8s.io/v1:NetworkPolicy": POLICY,
};
