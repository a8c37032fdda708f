// Turns arguments into the spec of a CloudNativePG cluster: defaults and units in one place. Pure.
// https://cloudnative-pg.io/docs/1.28/cloudnative-pg.v1
import { mebibytes, seconds } from "../../kit";
import type { DatabaseArgs } from "./args";
import { rolesSql, SERVICE_USER } from "./roles";

export const DATABASE_DEFAULTS = {
  version: "16",
  instances: 3,
  cpu: 512,
  memory: "1 GiB",
  storage: "20 GiB",
  operatorNamespace: "cnpg-system",
  apiServerCidr: "0.0.0.0/0",
} as const;

/** TCP port of PostgreSQL. */
export const PORT = 5432;
/** TCP port of the instance manager, from which the operator reads the instance's status. */
export const STATUS_PORT = 8000;
export const METRICS_PORT = 9187;
/** The plugin for backups: https://cloudnative-pg.io/plugin-barman-cloud/ */
const BACKUP_PLUGIN = "barman-cloud.cloudnative-pg.io";

/** The role that owns a database. */
export const ownerOf = ({ databaseName, ownerName = databaseName }: DatabaseArgs): string => ownerName;

/** Secrets of the roles. */
export interface RoleSecrets<Name> {
  readonly owner: Name;
  readonly service: Name;
}

/** `spec` of a `Cluster`. */
export function clusterSpec<Name>(name: string, args: DatabaseArgs, secrets: RoleSecrets<Name>) {
  const { instances, cpu, memory, storage } = { ...DATABASE_DEFAULTS, ...args };
  const size = { cpu: `${Math.round((cpu * 1000) / 1024)}m`, memory: `${mebibytes(memory) ?? 0}Mi` };
  return {
    instances,
    imageName: imageOf(args),
    // A new image goes to the replicas first; then one of them becomes the primary.
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: "switchover",
    enableSuperuserAccess: false,
    // The operator's budget of a single instance would stop every drain.
    enablePDB: instances > 1,
    bootstrap: {
      initdb: {
        database: args.databaseName,
        owner: ownerOf(args),
        secret: { name: secrets.owner },
        dataChecksums: true,
        encoding: "UTF8",
        postInitApplicationSQL: [...rolesSql(args.databaseName, ownerOf(args))],
      },
    },
    managed: {
      roles: [
        {
          name: SERVICE_USER,
          ensure: "present",
          login: true,
          inherit: true,
          passwordSecret: { name: secrets.service },
        },
      ],
    },
    postgresql: postgresql(args),
    resources: { requests: size, limits: size },
    storage: {
      size: `${mebibytes(storage) ?? 0}Mi`,
      resizeInUseVolumes: true,
      ...(args.storageClass !== undefined && { storageClass: args.storageClass }),
    },
    affinity: { enablePodAntiAffinity: true, podAntiAffinityType: "preferred", topologyKey: "kubernetes.io/hostname" },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "cnpg.io/cluster": name } },
      },
    ],
    ...(args.backup && {
      plugins: [{ name: BACKUP_PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: `${name}-backups` } }],
    }),
  };
}

function imageOf({ image, version = DATABASE_DEFAULTS.version }: DatabaseArgs): string {
  return image ?? `ghcr.io/cloudnative-pg/postgresql:${version}-standard-trixie`;
}

/** Server settings: those of the databases on AWS, and a replica that has each committed transaction. */
function postgresql(args: DatabaseArgs) {
  const { instances, memory } = { ...DATABASE_DEFAULTS, ...args };
  return {
    parameters: {
      shared_buffers: `${Math.floor((mebibytes(memory) ?? 0) / 4)}MB`,
      log_connections: "on",
      log_disconnections: "on",
      log_lock_waits: "on",
      log_statement: "ddl",
    },
    // The operator appends a rule that allows every user with a password; this one comes first.
    pg_hba: ["hostnossl all all all reject"],
    ...(instances > 1 && {
      // With two instances, the loss of one would stop all writes.
      synchronous: { method: "any", number: 1, dataDurability: instances > 2 ? "required" : "preferred" },
    }),
  };
}

/** `spec` of an `ObjectStore` of the plugin. */
export function objectStoreSpec({
  destinationPath,
  endpointUrl,
  secretName,
  retention = "7d",
}: NonNullable<DatabaseArgs["backup"]>) {
  const key = (name: string) => ({ name: secretName, key: name });
  return {
    retentionPolicy: `${(seconds(retention) ?? 0) / 86_400}d`,
    configuration: {
      destinationPath,
      ...(endpointUrl !== undefined && { endpointURL: endpointUrl }),
      s3Credentials: { accessKeyId: key("ACCESS_KEY_ID"), secretAccessKey: key("SECRET_ACCESS_KEY") },
      wal: { compression: "gzip" },
      data: { compression: "gzip" },
    },
  };
}

/** `spec` of a `ScheduledBackup`: each night at three, in UTC. The schedule begins with seconds. */
export function scheduledBackupSpec(name: string) {
  return {
    schedule: "0 0 3 * * *",
    immediate: true,
    backupOwnerReference: "self",
    cluster: { name },
    method: "plugin",
    pluginConfiguration: { name: BACKUP_PLUGIN },
  };
}
