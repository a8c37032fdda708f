// The variables and secrets of a container, from all their sources.
import { mergeVariables, type MergedVariables, type SecretLink } from "../../kit";
import type { MicroserviceArgs } from "./args";

/** The variables of a service: the standard ones, its own, and those of its edges. Pure. */
export function resolveEnvironment(
  name: string,
  port: number | undefined,
  args: Pick<MicroserviceArgs, "environment" | "secrets" | "grants" | "placement">,
): MergedVariables {
  const standard = {
    SERVICE_NAME: name,
    ...(port !== undefined && { SERVICE_PORT: String(port) }),
    AWS_REGION: args.placement.region,
  };
  return mergeVariables(
    [
      ["the component itself", standard],
      ["environment", args.environment ?? {}],
      ...Object.entries(args.grants ?? {}).map(
        ([grant, { environment }]) => [`grants.${grant}`, environment ?? {}] as const,
      ),
    ],
    secretVariables(args),
  );
}

type Secrets = Pick<MicroserviceArgs, "secrets" | "grants">;

/** The secrets of a workload: those of its edges, and its own. Pure. */
export function resolveSecrets(args: Secrets): Readonly<Record<string, SecretLink>> {
  return Object.fromEntries(secretVariables(args).map(({ variable, link }) => [variable, link]));
}

/** Each secret with its variable and the path of the argument that it comes from. Pure. */
export function secretVariables({ secrets = {}, grants = {} }: Secrets) {
  const links = (origin: string, of: Readonly<Record<string, SecretLink>>) =>
    Object.entries(of).map(([variable, link]) => ({ variable, link, origin }));
  const granted = Object.entries(grants).flatMap(([grant, given]) =>
    links(`grants.${grant}.secrets`, given.secrets ?? {}),
  );
  return [...granted, ...links("secrets", secrets)];
}
