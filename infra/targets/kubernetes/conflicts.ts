// What a stack's settings, system and environment must be together on Kubernetes, before there is a plan. Pure.
import { Findings } from "../../model/findings";
import { NAMESPACE } from "../../model/read-settings";
import type { System } from "../../model/system";
import type { Conflicts, Stack } from "../target";
import type { KubernetesSettings } from "./settings";

/** Everything that does not fit, and what Kubernetes does in another way. */
export function conflictsOnKubernetes({ system, settings, own }: Stack<KubernetesSettings>): Conflicts {
  const findings = new Findings();
  const need = (key: keyof KubernetesSettings, when: string, example: string): void => {
    findings.require(
      own[key] !== undefined,
      `${NAMESPACE}:${key}`,
      undefined,
      `set, because ${when}`,
      `pulumi config set ${NAMESPACE}:${key} ${example}`,
    );
  };
  const exposed = system ? Object.entries(system.services).filter(([, { exposes }]) => exposes !== undefined) : [];
  if (exposed.length > 0) {
    const when = `${exposed.map(([name]) => name).join(", ")} can be reached from outside`;
    need("gatewayClass", when, "<GatewayClass>: kubectl get gatewayclass");
    need("gatewayNamespace", when, "<namespace of the gateway's pods>");
  }
  if (system) checkTokens(system, settings, findings);
  if (settings.domain !== undefined) need("clusterIssuer", "the gateway has a domain", "<ClusterIssuer>");
  if (system) checkBuckets(system, own, findings);
  if (system) checkLeftOut(system, own, findings);
  if (system) checkDatabases(system, findings);
  const warnings = Object.entries(own.leaveOut ?? {}).map(([name, reason]) => ({
    path: `${NAMESPACE}:leaveOut.${name}`,
    value: reason,
    allowed: "everything that is described: this is not built on the target kubernetes",
    remedy: "see that the system runs without it",
  }));
  return { problems: findings.problems, warnings };
}

/** Routes with JWT validation have an issuer, an audience, and HTTPS. */
function checkTokens(system: System, { identity, domain }: Stack["settings"], findings: Findings): void {
  const guarded = Object.entries(system.services).flatMap(([name, { exposes }]) => {
    const { authentication } = exposes ?? {};
    if (authentication === "jwt") return [{ name, audience: undefined }];
    return typeof authentication === "object" ? [{ name, audience: authentication.jwt.audience }] : [];
  });
  if (guarded.length === 0) return;
  const need = (key: string, value: unknown, isThere: boolean, allowed: string, remedy: string): void => {
    findings.require(isThere, `${NAMESPACE}:${key}`, value, allowed, remedy);
  };
  const routes = `the routes of ${guarded.map(({ name }) => name).join(", ")}`;
  const open = guarded.flatMap(({ name, audience }) => (audience === undefined ? [name] : []));
  need(
    "identity",
    identity,
    identity !== undefined,
    `issuer and keys of the tokens: ${routes} have JWT validation`,
    "name issuer, jwksEndpoint and audience of your identity provider in Pulumi.<stack>.yaml",
  );
  need(
    "identity.audience",
    undefined,
    open.length === 0 || identity === undefined || identity.audience !== undefined,
    `an audience: without it any token of the issuer opens the routes of ${open.join(", ")}`,
    "name it here, or in each route: authentication: { jwt: { audience } }",
  );
  need(
    "domain",
    domain,
    domain !== undefined,
    `a domain: a token on HTTP can be read and used by others, and ${routes} have JWT validation`,
    `set ${NAMESPACE}:domain and ${NAMESPACE}:clusterIssuer`,
  );
}

/** What is left out is there, and of a kind that the target has nothing for. */
function checkLeftOut(
  { sagas = {}, entrances = {} }: System,
  { leaveOut = {} }: Stack<KubernetesSettings>["own"],
  findings: Findings,
): void {
  const known = [
    ...Object.keys(sagas).map((name) => `saga.${name}`),
    ...Object.keys(entrances).map((name) => `entrance.${name}`),
  ];
  for (const name of Object.keys(leaveOut))
    findings.requireKnown(name, known, `${NAMESPACE}:leaveOut.${name}`, "saga or entrance of the system");
}

/** One database a server. */
function checkDatabases({ services }: System, findings: Findings): void {
  for (const [name, { owns }] of Object.entries(services)) {
    const databases = owns?.database?.databases;
    findings.require(
      databases === undefined,
      `services.${name}.owns.database.databases`,
      databases,
      "nothing: on the target kubernetes a server has one database",
      "use schemas in it, or give a service of its own the other database",
    );
  }
}

/** Each bucket of the system is named, and no other. */
function checkBuckets(system: System, { objectStore }: Stack<KubernetesSettings>["own"], findings: Findings): void {
  const described = Object.entries(system.services).flatMap(([service, { owns }]) =>
    Object.keys(owns?.buckets ?? {}).map((bucket) => `${service}-${bucket}`),
  );
  const named = Object.keys(objectStore?.buckets ?? {});
  for (const name of described) {
    findings.require(
      named.includes(name),
      `${NAMESPACE}:objectStore.buckets.${name}`,
      undefined,
      "{ bucket, secretName }: buckets are not made on the target kubernetes",
      "create the bucket in an object store with the protocol of S3, and name it",
    );
  }
  for (const name of named) {
    const path = `${NAMESPACE}:objectStore.buckets.${name}`;
    findings.requireKnown(name, described, path, "bucket of the system (<service>-<bucket>)");
  }
}
