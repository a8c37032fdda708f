// What RDS and ElastiCache ask of an instance and of a replication group.
import type { Constraint } from "../../core/rules";
import { hasUnknown } from "../../core/values";
import { failure, isGiven, numberAt } from "./support";

const SIZE = "(nano|micro|small|medium|large|xlarge|\\d+xlarge|metal(-\\d+xl)?)";
/** The forms of what is offered: a family and a size. Families come and go. */
const CLASSES = {
  rds: new RegExp(`^db\\.(serverless|[a-z]+\\d+[a-z0-9-]*\\.${SIZE}(\\.tpc\\d\\.mem\\dx)?)$`),
  cache: new RegExp(`^cache\\.[a-z]+\\d+[a-z0-9]*\\.${SIZE}$`),
  ec2: new RegExp(`^[a-z]+[0-9-][a-z0-9-]*\\.${SIZE}$`),
};

const sized = (property: string, kind: keyof typeof CLASSES, such: string): Constraint =>
  function* ({ text }) {
    const name = text(property);
    if (name !== undefined && !CLASSES[kind].test(name))
      yield failure(property, `"${name}" is not offered: a family and a size, such as ${such}`);
  };

const ENGINE =
  /^(postgres|mysql|mariadb|aurora(-mysql|-postgresql)?|oracle-(ee|se2)(-cdb)?|sqlserver-(ee|se|ex|web|dev-ee)|db2-(ae|se)|custom-(oracle|sqlserver)-[a-z0-9-]+)$/;
const RESERVED: readonly string[] = ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "public"];
/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html: characters of a password. */
const PASSWORD: Readonly<Record<string, number>> = {
  postgres: 128,
  mysql: 41,
  mariadb: 41,
  oracle: 30,
  sqlserver: 128,
};
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY = 24 * 60;

const family = (engine: string | undefined): string => engine?.split("-")[0] ?? "";

/** A copy brings its master user along. */
const COPIES = [
  "snapshotIdentifier",
  "replicateSourceDb",
  "restoreToPointInTime",
  "s3Import",
  "replicationSourceIdentifier",
];

const master: Constraint = function* ({ inputs, text }) {
  const [engine, user, password] = [text("engine"), text("username"), text("password")];
  if (engine !== undefined && !ENGINE.test(engine))
    yield failure("engine", `"${engine}" is none of RDS: such as postgres, mysql or mariadb`);
  if (
    user !== undefined &&
    (!/^[A-Za-z]\w{0,62}$/.test(user) || (family(engine) === "postgres" && RESERVED.includes(user)))
  )
    yield failure("username", `"${user}" is reserved, or no name: a letter, then letters, digits and underscores`);
  const longest = PASSWORD[family(engine)] ?? 128;
  if (
    password !== undefined &&
    (password.length < 8 || password.length > longest || !/^[ -!#-.0-?A-~]+$/.test(password))
  )
    yield failure("password", `8 to ${longest} printable ASCII characters, none of them ", / or @`);
  if (COPIES.some((property) => property in inputs)) return;
  if (!isGiven(inputs, "username")) yield failure("username", "is missing: name the master user");
  const secret = ["password", "passwordWo", "manageMasterUserPassword"];
  if (!secret.some((property) => isGiven(inputs, property)))
    yield failure("password", "is missing: set manageMasterUserPassword to true, or give one");
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const storage: Constraint = function* ({ inputs, text }) {
  const [size, kind] = [numberAt(inputs, "allocatedStorage"), text("storageType")];
  const provisioned = kind === "io1" || kind === "io2";
  const least = provisioned ? 100 : 20;
  if (
    size !== undefined &&
    kind !== undefined &&
    kind !== "standard" &&
    /^(postgres|mysql|mariadb)$/.test(text("engine") ?? "") &&
    size < least
  )
    yield failure("allocatedStorage", `${size} GiB: storage of type ${kind} begins at ${least} GiB`);
  if (provisioned && !isGiven(inputs, "iops")) yield failure("iops", `is missing: storage of type ${kind} needs it`);
  const name = text("dbName");
  if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_$#]{0,63}$/.test(name))
    yield failure("dbName", `"${name}" is no name of a database: a letter, then letters, digits and underscores`);
};

const monitoring: Constraint = function* ({ inputs }) {
  if ((numberAt(inputs, "monitoringInterval") ?? 0) > 0 && !isGiven(inputs, "monitoringRoleArn"))
    yield failure(
      "monitoringRoleArn",
      "is missing: RDS sends figures of the system with a role that monitoring.rds.amazonaws.com may assume",
    );
};

/** Minutes since the week began that a window covers, once or each day. */
function minutesOf(window: string): readonly (readonly [from: number, to: number])[] {
  const [from, to] = window
    .toLowerCase()
    .split("-")
    .map((moment) => {
      const [minute = 0, hour = 0, day] = moment.split(":").reverse();
      return { at: Number(hour) * 60 + Number(minute), day: day === undefined ? undefined : DAYS.indexOf(day) };
    });
  if (from === undefined || to === undefined) return [];
  const days = from.day === undefined ? DAYS.map((_, index) => index) : [from.day];
  return days.map((day) => {
    const begin = day * DAY + from.at;
    const end = (to.day ?? day) * DAY + to.at;
    return [begin, end <= begin ? end + (to.day === undefined ? DAY : 7 * DAY) : end];
  });
}

const windows = (daily: string, weekly: string): Constraint =>
  function* ({ text }) {
    const [each, once] = [text(daily), text(weekly)];
    if (each === undefined || once === undefined || !/^\d\d:/.test(each) || !/^[a-z]{3}:/i.test(once)) return;
    const week = 7 * DAY;
    const meets = minutesOf(each).some(([from, to]) =>
      minutesOf(once).some(([begin, end]) =>
        [-week, 0, week].some((shift) => from < end + shift && begin + shift < to),
      ),
    );
    if (meets) yield failure(weekly, `${once} overlaps ${daily} ${each}: choose hours that don't meet`);
  };

/** Redis 6 and later, and Valkey, are named by major and minor version: a patch is ElastiCache's to choose. */
const cache: Constraint = function* ({ inputs, text }) {
  const [engine, version] = [text("engine") ?? "redis", text("engineVersion")];
  const old = engine === "redis" && /^[1-5]\./.test(version ?? "");
  const formed = old ? /^\d+\.\d+\.\d+$/ : engine === "redis" ? /^(6\.x|\d+\.\d+)$/ : /^\d+\.\d+$/;
  if (version !== undefined && !formed.test(version))
    yield failure(
      "engineVersion",
      `"${version}": ${old ? "major.minor.patch" : "major.minor"}, such as ${old ? "5.0.6" : engine === "redis" ? "7.1" : "8.0"}`,
    );
  if (
    isGiven(inputs, "authToken") &&
    inputs.transitEncryptionEnabled !== true &&
    !hasUnknown(inputs.transitEncryptionEnabled)
  )
    yield failure("transitEncryptionEnabled", "a token goes over encrypted connections only: set it to true");
};

export const databases: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:rds/instance:Instance": [
    master,
    storage,
    monitoring,
    sized("instanceClass", "rds", "db.t4g.micro"),
    windows("backupWindow", "maintenanceWindow"),
  ],
  "aws:rds/clusterInstance:ClusterInstance": [sized("instanceClass", "rds", "db.serverless"), monitoring],
  "aws:rds/cluster:Cluster": [windows("preferredBackupWindow", "preferredMaintenanceWindow")],
  "aws:elasticache/replicationGroup:ReplicationGroup": [
    cache,
    sized("nodeType", "cache", "cache.t4g.micro"),
    windows("snapshotWindow", "maintenanceWindow"),
  ],
  "aws:elasticache/cluster:Cluster": [sized("nodeType", "cache", "cache.t4g.micro")],
  "aws:ec2/instance:Instance": [sized("instanceType", "ec2", "t4g.nano")],
  "aws:ec2/launchTemplate:LaunchTemplate": [sized("instanceType", "ec2", "t4g.nano")],
};
