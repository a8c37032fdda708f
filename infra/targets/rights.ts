// What grants give, as plain data: pages are made from it. Actions, ports and names of variables are known before anything is created.
import type { Grant } from "../../components/kit";

/** What one grant gives to one workload. */
export interface Right {
  /** TCP connections that it may open. */
  readonly opens: readonly { readonly to: string; readonly port: number }[];
  /** IAM actions of its role. */
  readonly actions: readonly string[];
  /** Environment variables that it gets. */
  readonly variables: readonly string[];
}

/** The rights of each workload: a service, a function, a job, a migration. By workload and by the grant's name. */
export type Rights = Readonly<Record<string, Readonly<Record<string, Right>>>>;

/** The right that a grant gives. */
export function rightOf({ environment = {}, secrets = {}, reaches = [], statements = [] }: Grant): Right {
  return {
    opens: reaches.map((reach) => ({ to: "to" in reach ? reach.to : reach.cidr, port: reach.port })),
    actions: [...new Set(statements.flatMap(({ Action }) => Action))],
    variables: [...Object.keys(environment), ...Object.keys(secrets)],
  };
}
