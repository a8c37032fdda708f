// The profiles baseline and restricted of Kubernetes's pod security standards, version 1.34: each field that they name, in each list of
// containers. https://kubernetes.io/docs/concepts/security/pod-security-standards/
import { expect } from "chai";
import type { Finding, ResourceRule } from "../../../policy/rules/rule";
import type { Properties } from "../../../policy/rules/value";
import { changed, type Change } from "../cases/case";
import { allRules } from "../packs";

type Profile = "PSS baseline" | "PSS restricted";

const LISTS = ["containers", "initContainers", "ephemeralContainers"] as const;
const SECURITY = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};
const container = (name: string) => ({ name, image: "app:1", securityContext: SECURITY });

/** A pod that both profiles accept. */
const RIGHT = {
  containers: [container("app")],
  initContainers: [container("first")],
  ephemeralContainers: [container("debug")],
};

/** Values that the profiles refuse in a container. */
const IN_CONTAINER: readonly (readonly [Profile, Change])[] = [
  ["PSS baseline", { "securityContext.privileged": true }],
  ["PSS baseline", { "securityContext.windowsOptions.hostProcess": true }],
  ["PSS baseline", { "securityContext.capabilities.add": ["SYS_ADMIN"] }],
  ["PSS baseline", { "securityContext.capabilities.add": ["NET_RAW"] }],
  ["PSS baseline", { "securityContext.appArmorProfile.type": "Unconfined" }],
  ["PSS baseline", { "securityContext.seLinuxOptions.type": "spc_t" }],
  ["PSS baseline", { "securityContext.seLinuxOptions.user": "system_u" }],
  ["PSS baseline", { "securityContext.seLinuxOptions.role": "system_r" }],
  ["PSS baseline", { "securityContext.procMount": "Unmasked" }],
  ["PSS baseline", { "securityContext.seccompProfile.type": "Unconfined" }],
  ["PSS restricted", { "securityContext.capabilities.add": ["CHOWN"] }],
  ["PSS restricted", { "securityContext.capabilities.drop": ["NET_RAW"] }],
  ["PSS restricted", { "securityContext.capabilities": undefined }],
  ["PSS restricted", { "securityContext.allowPrivilegeEscalation": undefined }],
  ["PSS restricted", { "securityContext.allowPrivilegeEscalation": true }],
  ["PSS restricted", { "securityContext.runAsNonRoot": undefined }],
  ["PSS restricted", { "securityContext.runAsNonRoot": false }],
  ["PSS restricted", { "securityContext.runAsNonRoot": undefined, "securityContext.runAsUser": 1000 }],
  ["PSS restricted", { "securityContext.runAsNonRoot": false, "securityContext.runAsUser": 1000 }],
  ["PSS restricted", { "securityContext.runAsUser": 0 }],
  ["PSS restricted", { "securityContext.seccompProfile": undefined }],
];

/** Values that the profiles refuse in containers that have ports and probes. */
const IN_LASTING: readonly (readonly [Profile, Change])[] = [
  ["PSS baseline", { ports: [{ containerPort: 8080, hostPort: 8080 }] }],
  ...["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"].flatMap((probe) =>
    ["httpGet", "tcpSocket"].map((way) => ["PSS baseline", { [`${probe}.${way}.host`]: "10.0.0.1" }] as const),
  ),
];

/** Values that the profiles refuse in a pod. */
const IN_POD: readonly (readonly [Profile, Change])[] = [
  ["PSS baseline", { hostNetwork: true }],
  ["PSS baseline", { hostPID: true }],
  ["PSS baseline", { hostIPC: true }],
  ["PSS baseline", { volumes: [{ name: "node", hostPath: { path: "/data" } }] }],
  ["PSS baseline", { securityContext: { windowsOptions: { hostProcess: true } } }],
  ["PSS baseline", { securityContext: { appArmorProfile: { type: "Unconfined" } } }],
  ["PSS baseline", { securityContext: { seLinuxOptions: { type: "spc_t" } } }],
  ["PSS baseline", { securityContext: { seccompProfile: { type: "Unconfined" } } }],
  ["PSS baseline", { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } }],
  ["PSS restricted", { securityContext: { runAsUser: 0 } }],
  ...["nfs", "iscsi", "rbd", "cephfs", "glusterfs", "awsElasticBlockStore", "gitRepo", "fc", "flexVolume"].map(
    (kind) => ["PSS restricted", { volumes: [{ name: "data", [kind]: { name: "x" } }] }] as const,
  ),
];

/** Values that the profiles accept. */
const ACCEPTED: readonly Change[] = [
  {},
  { securityContext: { runAsNonRoot: true }, "containers[0].securityContext.runAsNonRoot": undefined },
  {
    securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "a.json" } },
    "containers[0].securityContext.seccompProfile": undefined,
  },
  { "containers[0].securityContext.capabilities.add": ["NET_BIND_SERVICE"] },
  { "containers[0].securityContext.runAsUser": 1000 },
  { "containers[0].securityContext.seLinuxOptions": { type: "container_t", level: "s0" } },
  { "containers[0].securityContext.procMount": "Default" },
  { "containers[0].livenessProbe.httpGet": { path: "/", port: 80, host: "" } },
  { securityContext: { sysctls: [{ name: "net.ipv4.tcp_rmem", value: "4096" }] } },
  ...["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"].map(
    (kind) => ({ volumes: [{ name: "data", [kind]: {} }] }),
  ),
];

const rules = allRules.filter((rule): rule is ResourceRule => "check" in rule);

/** The rules of a profile that find something; the restricted profile has all that the baseline has. */
function found(profile: Profile, change: Change): readonly string[] {
  const props = { spec: changed(RIGHT, change) } as unknown as Properties;
  const resource = { type: "kubernetes:core/v1:Pod", name: "it", urn: "urn:it", props };
  return rules
    .filter(({ appliesTo }) => appliesTo.includes(resource.type))
    .filter(({ controls }) => controls.some((one) => one === "PSS baseline" || one === profile))
    .filter((rule) => {
      const findings: Finding[] = [];
      rule.check(resource, (finding) => findings.push(finding));
      return findings.length > 0;
    })
    .map(({ id }) => id);
}

describe("policy: pod security standards", () => {
  for (const list of LISTS) {
    it(`each field is judged in ${list}`, () => {
      const changes = [...IN_CONTAINER, ...(list === "ephemeralContainers" ? [] : IN_LASTING)].map(
        ([profile, change]) =>
          [
            profile,
            Object.fromEntries(Object.entries(change).map(([path, value]) => [`${list}[0].${path}`, value])),
          ] as const,
      );
      expect(changes.filter(([profile, change]) => found(profile, change).length === 0)).to.deep.equal([]);
    });
  }

  it("each field of a pod is judged", () => {
    expect(IN_POD.filter(([profile, change]) => found(profile, change).length === 0)).to.deep.equal([]);
  });

  it("what the restricted profile accepts is left alone", () => {
    expect(ACCEPTED.flatMap((change) => found("PSS restricted", change))).to.deep.equal([]);
  });

  it("what the baseline refuses is told apart from what the restricted profile refuses", () => {
    const restricted = [...IN_CONTAINER, ...IN_POD].filter(([profile]) => profile === "PSS restricted");
    const refused = restricted.filter(([, change]) => {
      const moved = Object.fromEntries(Object.entries(change).map(([path, value]) => [`containers[0].${path}`, value]));
      return found("PSS baseline", "volumes" in change ? change : moved).length > 0;
    });
    expect(refused).to.deep.equal([]);
  });
});
