import type { ResourceRule, Resource, Finding } from "../rule";
import { at, each, isMissing, textOf, UNKNOWN, type Value } from "../value";

/** The parameter that refuses plain connections, and the first major version in which it is on by default. */
interface Switch {
  readonly parameter: string;
  readonly onFrom: number;
}

const ENGINES: readonly (readonly [family: RegExp, required: Switch])[] = [
  [/^aurora-postgresql/, { parameter: "rds.force_ssl", onFrom: 17 }],
  [/^postgres/, { parameter: "rds.force_ssl", onFrom: 15 }],
  [/^sqlserver/, { parameter: "rds.force_ssl", onFrom: Infinity }],
  [/^aurora-mysql/, { parameter: "require_secure_transport", onFrom: Infinity }],
  [/^mysql/, { parameter: "require_secure_transport", onFrom: 8.4 }],
  [/^mariadb/, { parameter: "require_secure_transport", onFrom: 11.8 }],
];

export const enforceDatabaseTransportEncryption: ResourceRule = {
  id: "enforce-database-transport-encryption",
  title: "Databases refuse connections without TLS",
  description:
    "A database refuses connections without TLS, by its own parameter group where the engine's default would let them in.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation:
    "use a parameter group of your own, with rds.force_ssl (PostgreSQL, SQL Server) or require_secure_transport (MySQL, MariaDB) set to 1",
  appliesTo: [
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:rds/parameterGroup:ParameterGroup",
    "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  ],
  check(resource, report) {
    if (resource.type.endsWith("ParameterGroup")) checkParameters(resource, report);
    else checkGroup(resource, report);
  },
};

function checkParameters(group: Resource, report: (finding: Finding) => void): void {
  const family = at(group.props, "family");
  const required = switchOf(family);
  const parameters = at(group.props, "parameters");
  if (!required || parameters === UNKNOWN) return;
  const named = each(group.props, "parameters[*]").filter(({ value }) => at(value, "name") === required.parameter);
  for (const { path, value } of named) {
    const setting = at(value, "value");
    if (setting !== UNKNOWN && !["1", "on", "true"].includes(textOf(setting).toLowerCase())) {
      report({ path: `${path}.value`, found: setting, required: `"1" for ${required.parameter}` });
    }
  }
  const hidden = each(group.props, "parameters[*].name").some(({ value }) => value === UNKNOWN);
  if (named.length === 0 && !hidden && !(versionOf(textOf(family)) >= required.onFrom)) {
    report({ path: "parameters", found: parameters, required: `${required.parameter} set to "1"` });
  }
}

function checkGroup(database: Resource, report: (finding: Finding) => void): void {
  const path = database.type.endsWith(":Cluster") ? "dbClusterParameterGroupName" : "parameterGroupName";
  const group = at(database.props, path);
  const required = switchOf(at(database.props, "engine"));
  const version = at(database.props, "engineVersion");
  if (!required || group === UNKNOWN || version === UNKNOWN) return;
  const ofEngine = isMissing(group) || (typeof group === "string" && group.startsWith("default."));
  if (ofEngine && !(versionOf(textOf(version)) >= required.onFrom)) {
    report({ path, found: group, required: `a parameter group with ${required.parameter} set to "1"` });
  }
}

function switchOf(engine: Value): Switch | undefined {
  return typeof engine === "string" ? ENGINES.find(([family]) => family.test(engine))?.[1] : undefined;
}

/** `14` of `postgres14` and of `14.12`; `8.4` of `mysql8.4`; not a number where no version is given. */
function versionOf(text: string): number {
  return Number.parseFloat(/\d+(\.\d+)?/.exec(text)?.[0] ?? "");
}
