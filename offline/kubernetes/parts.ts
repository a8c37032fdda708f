// The programs of which a cluster consists here, and the Pulumi provider that speaks to it: module, version, and what a build of each takes.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Part, partFolder } from "../go-build";

/** Pinned versions. 1.34 is what EKS and the managed offers of others have as a standard version in 2026. */
export const KUBERNETES = "1.34.4";
const kubernetesVariables = Object.fromEntries(
  ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((where) => [
    [`${where}.gitVersion`, `v${KUBERNETES}`],
    [`${where}.gitMajor`, "1"],
    [`${where}.gitMinor`, KUBERNETES.split(".")[1] ?? ""],
    [`${where}.gitTreeState`, "clean"],
    [`${where}.buildDate`, "1970-01-01T00:00:00Z"],
  ]),
);

export const etcd = part({
  name: "etcd",
  module: "go.etcd.io/etcd/server/v3",
  version: "3.6.16",
  programs: { etcd: "go.etcd.io/etcd/server/v3" },
  variables: {},
  minutes: 1,
  packages: 300,
});

export const controlPlane = part({
  name: "control-plane",
  module: "k8s.io/kubernetes",
  version: KUBERNETES,
  programs: {
    "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
    "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
    "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
    "metrics-server": "sigs.k8s.io/metrics-server/cmd/metrics-server",
  },
  variables: kubernetesVariables,
  minutes: 11,
  packages: 2200,
});

export const kwok = part({
  name: "kwok",
  module: "sigs.k8s.io/kwok",
  version: "0.8.0",
  programs: { kwok: "sigs.k8s.io/kwok/cmd/kwok" },
  variables: { "sigs.k8s.io/kwok/pkg/consts.Version": "v0.8.0" },
  keeps: { kustomize: "kustomize" },
  minutes: 3,
  packages: 700,
});

const providerModule = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/**
 * The provider reports the version of the installed SDK, because the engine looks plugins up by it. Its source is that of release 4.25.0, the
 * newest whose commit is to be had as a Go module; both speak the same protocol, and the schema of types decides nothing in this provider.
 */
export const provider = part({
  name: "provider",
  module: providerModule,
  version: sdkVersion(),
  programs: { "pulumi-resource-kubernetes": "." },
  variables: { [`${providerModule}/pkg/version.Version`]: sdkVersion() },
  sources: ["cmd/pulumi-resource-kubernetes/schema.json", "cmd/pulumi-resource-kubernetes/terraform-mapping.json"],
  minutes: 6,
  packages: 1270,
});

/** In the order in which they are needed. */
export const parts: readonly Part[] = [provider, etcd, controlPlane, kwok];

/** The parts that the user's cache lacks. */
export function missingParts(cache: string): readonly Part[] {
  return parts.filter((part) => !existsSync(partFolder(cache, part)));
}

function sdkVersion(): string {
  const file = require.resolve("@pulumi/kubernetes/package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}

/** `go/<name>` pins the version of a part and those of all that it needs. */
function part(given: Omit<Part, "source" | "folder">): Part {
  const { name, version } = given;
  return { ...given, source: join(__dirname, "go", name), folder: `kubernetes-${name}-v${version}-built` };
}
