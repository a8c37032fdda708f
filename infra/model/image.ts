// Image references: where an image comes from and whether it can change under a running system.

/** A parsed image reference. */
export interface Image {
  /** Account and region, when the image lies in a private ECR registry. */
  readonly ecr?: { readonly accountId: string; readonly region: string };
  readonly tag?: string;
  readonly digest?: string;
}

const REFERENCE = /^(?<name>[a-z0-9][a-z0-9._:/-]*?)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;
const ECR = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//;

/** Parses an image reference; undefined when it is none. */
export function parseImage(reference: string): Image | undefined {
  const parts = REFERENCE.exec(reference)?.groups;
  if (parts === undefined) return undefined;
  const registry = ECR.exec(reference)?.groups;
  const { tag, digest } = parts;
  return {
    ...(registry && { ecr: { accountId: registry.account ?? "", region: registry.region ?? "" } }),
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
}
