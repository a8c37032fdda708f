// The variables and secrets of a container, from all their sources. Two sources that set one variable to different values are a
// problem here, because nothing else finds it before production.
import type * as pulumi from "@pulumi/pulumi";
import type { Problem, SecretLink } from "../../kit";
import type { MicroserviceArgs } from "./args";

type Variables = Readonly<Record<string, pulumi.Input<string>>>;

/** Variables and the problems found while they were merged. */
export interface Environment {
  /** By name, sorted, so that the task definition changes only when a variable does. */
  readonly variables: Variables;
  readonly problems: readonly Problem[];
}

/** The variables of a service: the standard ones, its own, and those of its edges. Pure. */
export function resolveEnvironment(
  name: string,
  port: number | undefined,
  args: Pick<MicroserviceArgs, "environment" | "secrets" | "grants" | "placement">,
): Environment {
  const standard: Variables = {
    SERVICE_NAME: name,
    ...(port !== undefined && { SERVICE_PORT: String(port) }),
    AWS_REGION: args.placement.region,
  };
  const merged = new Map<string, { readonly origin: string; readonly value: pulumi.Input<string> | undefined }>();
  const problems: Problem[] = [];
  const add = (origin: string, variables: Variables) => {
    for (const [variable, value] of Object.entries(variables)) {
      const first = merged.get(variable);
      if (!/^[A-Za-z_]\w*$/.test(variable)) problems.push(badName(origin, variable));
      if (first === undefined) merged.set(variable, { origin, value });
      else if (first.value !== value) problems.push(duplicate(origin, variable, first.origin));
    }
  };
  add("the component itself", standard);
  add("environment", args.environment ?? {});
  for (const [grant, { environment }] of Object.entries(args.grants ?? {})) add(`grants.${grant}`, environment ?? {});
  for (const { variable, origin } of secretVariables(args)) {
    const first = merged.get(variable);
    if (!/^[A-Za-z_]\w*$/.test(variable)) problems.push(badName(origin, variable));
    if (first !== undefined) problems.push(duplicate(origin, variable, first.origin));
    else merged.set(variable, { origin, value: undefined });
  }
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
  const plain = sorted.flatMap(([variable, { value }]) => (value === undefined ? [] : [[variable, value] as const]));
  return { variables: Object.fromEntries(plain), problems };
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

function duplicate(origin: string, variable: string, first: string): Problem {
  return {
    path: `${origin}.${variable}`,
    value: variable,
    allowed: `a variable that is not set yet; ${first} sets it to something else`,
    remedy: "rename one of them",
  };
}

function badName(origin: string, variable: string): Problem {
  return {
    path: `${origin}.${variable}`,
    value: variable,
    allowed: "letters, digits and underscores, not beginning with a digit",
    remedy: "rename it",
  };
}
