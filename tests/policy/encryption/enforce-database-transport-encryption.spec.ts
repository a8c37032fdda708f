import { enforceDatabaseTransportEncryption } from "../../../policy/rules/encryption/enforce-database-transport-encryption";
import { resource, specify, unknown } from "../support";

const group = (family: string, parameters?: unknown) =>
  resource("aws:rds/parameterGroup:ParameterGroup", { family, ...(parameters !== undefined && { parameters }) });
const instance = (props: object) => resource("aws:rds/instance:Instance", { engine: "postgres", ...props });
const cluster = (props: object) => resource("aws:rds/cluster:Cluster", { engine: "aurora-postgresql", ...props });
const force = (value: string) => ({ name: "rds.force_ssl", value });

specify(enforceDatabaseTransportEncryption, {
  compliant: [
    group("postgres14", [{ name: "log_connections", value: "1" }, force("1")]),
    group("postgres16"),
    group("mysql8.0", [{ name: "require_secure_transport", value: "ON" }]),
    instance({ engineVersion: "14.12", parameterGroupName: "mine" }),
    instance({ engineVersion: "16.3" }),
    cluster({ engineVersion: "16.3", dbClusterParameterGroupName: "mine" }),
    cluster({ engineVersion: "17.4" }),
  ],
  violating: [
    [group("postgres16", [force("0")]), ['it: parameters[0].value is "0"']],
    [
      group("aurora-postgresql16", [{ name: "log_connections", value: "1" }]),
      ['it: parameters is [{"name":"log_connections","value":"1"}]'],
    ],
    [
      instance({ engineVersion: "14", parameterGroupName: "default.postgres14" }),
      ['it: parameterGroupName is "default.postgres14"'],
    ],
    [instance({ engine: "mysql", engineVersion: "8.0.40" }), ["it: parameterGroupName is not set"]],
    [cluster({ engineVersion: "16.3", parameterGroupName: "mine" }), ["it: dbClusterParameterGroupName is not set"]],
  ],
  notApplicable: [
    group("oracle-ee-19"),
    resource("aws:docdb/cluster:Cluster", { engine: "docdb" }),
    resource("aws:rds/instance:Instance", { replicateSourceDb: "main" }),
  ],
  missing: [
    [group("postgres14"), ["it: parameters is not set"]],
    [instance({}), ["it: parameterGroupName is not set"]],
  ],
  unknown: [
    [group("postgres14", unknown), []],
    [group("postgres14", [{ name: unknown, value: "1" }]), []],
    [group("postgres14", [force(unknown)]), []],
    [group("postgres14", [{ name: unknown, value: "1" }, force("0")]), ['it: parameters[1].value is "0"']],
    [instance({ engineVersion: "14", parameterGroupName: unknown }), []],
    [instance({ engineVersion: unknown }), []],
  ],
});
