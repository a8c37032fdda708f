// The edge between a service and its database. Pure.
import type * as pulumi from "@pulumi/pulumi";
import type { Credential, Grant } from "../kit";
import { PORT } from "./resolve";

/** Path of the database's CA certificate in a service's container. */
const CA_FILE = "/etc/archipelago/database/ca.crt";

/** The database as grants name it. */
export interface GrantedDatabase {
  readonly name: string;
  readonly endpoint: pulumi.Input<string>;
  readonly databaseName: string;
  readonly startsAfter: readonly pulumi.Resource[];
}

/** Labels that CloudNativePG gives the instances. */
export const instanceLabels = (name: string) => ({ "cnpg.io/cluster": name, "cnpg.io/podRole": "instance" });

/** The grant to connect as a role: the workload gets the role's password. */
export function roleGrant(database: GrantedDatabase, role: string, { secret, revision }: Credential): Grant {
  const { name, endpoint, databaseName, startsAfter } = database;
  return {
    environment: {
      DB_HOST: endpoint,
      DB_PORT: String(PORT),
      DB_NAME: databaseName,
      DB_USERNAME: role,
      DB_CA_FILE: CA_FILE,
    },
    secrets: { DB_PASSWORD: { secretName: secret.metadata.name, key: "password", revision } },
    // CloudNativePG makes an authority for each cluster, and keeps its certificate there.
    files: { [CA_FILE]: { secretName: `${name}-ca`, key: "ca.crt" } },
    reaches: [{ to: name, port: PORT, pods: { labels: instanceLabels(name) } }],
    startsAfter,
  };
}
