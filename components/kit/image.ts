// Image references, read without asking any registry: where an image comes from, and whether it can change under a system. Pure.
import { partitionOf, registryHost } from "./partitions";
import type { Problem } from "./problems";

/** A parsed image reference. */
export interface Image {
  /** The private ECR repository, when the image lies in one. */
  readonly ecr?: { readonly accountId: string; readonly region: string; readonly repository: string };
  readonly tag?: string;
  readonly digest?: string;
}

// The grammar of references: https://github.com/distribution/reference/blob/main/reference.go. A tag has no slash, so a
// registry's port is never taken for one.
const DOMAIN = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*(?::[0-9]+)?";
const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const REFERENCE = new RegExp(
  `^(?:${DOMAIN}/)?${COMPONENT}(?:/${COMPONENT})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);
/** A private registry without a repository has the form of a repository. */
const REGISTRY_ONLY = /^\d{12}\.dkr[.-]ecr[^/]*$/;

/** Hosts of private registries: https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html */
const ECR =
  /^(?<host>(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z]{2,4}(?:-[a-z]+)+-\d)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.aws))\/(?<repository>[a-z0-9._/-]+)(?:[:@].+)?$/;

/** Parses an image reference; undefined when it is none. */
export function parseImage(reference: string): Image | undefined {
  const parts = reference.length <= 512 ? REFERENCE.exec(reference)?.groups : undefined;
  if (parts === undefined || REGISTRY_ONLY.test(reference)) return undefined;
  const { account: accountId = "", region = "", repository = "" } = ECR.exec(reference)?.groups ?? {};
  const { tag, digest } = parts;
  return {
    ...(accountId !== "" && { ecr: { accountId, region, repository } }),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}

/** Problems of a reference that no engine could pull: no reference, no version, or a registry that its region does not have. */
export function imageProblems(path: string, reference: string): Problem[] {
  const image = parseImage(reference);
  if (image === undefined) {
    const allowed = "an image reference: registry/repository:tag or registry/repository@sha256:…";
    return [{ path, value: reference, allowed, remedy: "correct the reference" }];
  }
  if (image.tag === undefined && image.digest === undefined) {
    const allowed = "a reference with a tag (name:1.4.2) or a digest (name@sha256:…)";
    return [
      { path, value: reference, allowed, remedy: "name the version: without one, what was pushed last would run" },
    ];
  }
  return registryProblems(path, reference, image);
}

/** A registry of China or of the European Sovereign Cloud has a host name of its own. */
function registryProblems(path: string, reference: string, { ecr }: Image): Problem[] {
  const host = ECR.exec(reference)?.groups?.host ?? "";
  if (!ecr || partitionOf(ecr.region) === undefined || !host.includes(".dkr.ecr.")) return [];
  const expected = registryHost(ecr.accountId, ecr.region);
  if (host === expected) return [];
  return [
    { path, value: reference, allowed: `${expected}/${ecr.repository}`, remedy: "correct the registry's host name" },
  ];
}
