// What grants give, as plain data: pages and reviews are made from it. Actions, ports and names of variables exist before any resource does.
import { keyOf, type Thing } from "../model/edges";
import type { Plan } from "../model/plan";

/** A grant of any platform, as far as its rights depend on it. */
export interface AnyGrant {
  readonly environment?: object;
  readonly secrets?: object;
  readonly files?: object;
  readonly reaches?: readonly ({ readonly port: number } & ({ readonly to: string } | { readonly cidr: string }))[];
  readonly statements?: readonly { readonly Action: string | readonly string[] }[];
}

/** What one grant gives to one workload. */
export interface Right {
  /** TCP connections that it may open. */
  readonly opens: readonly { readonly to: string; readonly port: number }[];
  /** IAM actions of its role. */
  readonly actions: readonly string[];
  /** Environment variables that it gets. */
  readonly variables: readonly string[];
  /** Files that are mounted into its containers, by path. */
  readonly files: readonly string[];
}

/** The rights of one workload: a service, a function, a job, a migration. */
export interface WorkloadRights {
  /** The service that it is, or belongs to. */
  readonly service: string;
  /** Rights by the grant's name. */
  readonly grants: Readonly<Record<string, Right>>;
}

/** The rights of each workload, by its name. */
export type Rights = Readonly<Record<string, WorkloadRights>>;

/** What was built of a thing, as far as its rights depend on it. */
interface Giving {
  readonly given?: Readonly<Record<string, Readonly<Record<string, AnyGrant>>>>;
}

/** The rights of the workloads of everything that was built, services first. `built` has each thing by {@link keyOf}. */
export function rightsOf(
  { services, nodes }: Pick<Plan, "services" | "nodes">,
  built: ReadonlyMap<string, Giving>,
): Rights {
  const things: Thing[] = [...services.map(({ name }) => ({ kind: "service", name })), ...nodes];
  return Object.fromEntries(
    things.flatMap((thing) =>
      Object.entries(built.get(keyOf(thing))?.given ?? {}).map(([workload, grants]) => {
        const rights = Object.entries(grants).map(([name, grant]) => [name, rightOf(grant)] as const);
        return [workload, { service: thing.owner ?? thing.name, grants: Object.fromEntries(rights) }];
      }),
    ),
  );
}

function rightOf({ environment = {}, secrets = {}, files = {}, reaches = [], statements = [] }: AnyGrant): Right {
  return {
    opens: reaches.map((reach) => ({ to: "to" in reach ? reach.to : reach.cidr, port: reach.port })),
    actions: [...new Set(statements.flatMap(({ Action }) => Action))],
    variables: [...Object.keys(environment), ...Object.keys(secrets)],
    files: Object.keys(files),
  };
}
