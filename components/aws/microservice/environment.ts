// One place where variables meet. Two edges that set the same variable to different values would be a fault that shows
// only in production, so it is a problem here.
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../../kit";
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
  const merged = new Map<string, { readonly origin: string; readonly value: pulumi.Input<string> }>();
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
  for (const secret of Object.keys(args.secrets ?? {})) {
    const first = merged.get(secret);
    if (!/^[A-Za-z_]\w*$/.test(secret)) problems.push(badName("secrets", secret));
    if (first !== undefined) problems.push(duplicate("secrets", secret, first.origin));
  }
  const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
  return { variables: Object.fromEntries(sorted.map(([variable, { value }]) => [variable, value])), problems };
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
