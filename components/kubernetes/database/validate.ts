// Validates the arguments as Kubernetes, CloudNativePG and PostgreSQL would; all problems at once, before anything is created.
import {
  DATABASE_NAMES,
  imageProblems,
  isDatabaseName,
  mebibytes,
  parseImage,
  postgresMajor,
  POSTGRES_MAJORS,
  type Problem,
  unless,
  wholeDays,
  wholeNumber,
} from "../../kit";
import { objectNameProblems } from "../kit";
import type { DatabaseArgs } from "./args";
import { DATABASE_DEFAULTS } from "./resolve";
import { RESERVED_ROLES } from "./roles";

/** CloudNativePG allows clusters 50 characters: instances, jobs and Services are named after them. */
const NAME_LIMIT = 50;

/** Everything that is wrong with the arguments. */
export function validateDatabase(name: string, args: DatabaseArgs): Problem[] {
  const { version, databaseName, ownerName = databaseName } = { ...DATABASE_DEFAULTS, ...args };
  return [
    ...objectNameProblems("name", name, NAME_LIMIT),
    ...nameProblems("databaseName", databaseName, ["postgres", "template0", "template1"]),
    ...nameProblems("ownerName", ownerName, RESERVED_ROLES),
    ...unless(postgresMajor(version) !== undefined, {
      path: "version",
      value: version,
      allowed: `"<major>" or "<major>.<minor>", of the majors ${POSTGRES_MAJORS.join(", ")}`,
      remedy: `write "${DATABASE_DEFAULTS.version}"`,
    }),
    ...imageOf(args),
    ...wholeNumber("instances", args.instances, 1, 9, "choose 3, or 1 where the data may be lost"),
    ...wholeNumber("cpu", args.cpu, 128, 65_536, "choose CPU units, 1024 for a processor"),
    ...leastSize("memory", args.memory, 256),
    ...leastSize("storage", args.storage, 1024),
    ...backupProblems(args),
    ...unless(args.apiServerCidr === undefined || /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(args.apiServerCidr), {
      path: "apiServerCidr",
      value: args.apiServerCidr,
      allowed: "an IPv4 range",
      remedy: 'write it like "10.0.0.1/32": kubectl get endpointslices kubernetes',
    }),
  ];
}

function nameProblems(path: string, value: string, reserved: readonly string[]): Problem[] {
  return unless(isDatabaseName(value) && !reserved.includes(value), {
    path,
    value,
    allowed: `${DATABASE_NAMES}; none of ${reserved.join(", ")}`,
    remedy: "choose another name, such as orderservice",
  });
}

/** CloudNativePG reads the version of PostgreSQL from the tag. */
function imageOf({ image }: DatabaseArgs): Problem[] {
  if (image === undefined) return [];
  return [
    ...imageProblems("image", image),
    ...unless(/^\d{2}/.test(parseImage(image)?.tag ?? ""), {
      path: "image",
      value: image,
      allowed: "a tag that begins with the version of PostgreSQL, beside a digest too",
      remedy: 'write it like "ghcr.io/cloudnative-pg/postgresql:16.10-standard-trixie@sha256:…"',
    }),
  ];
}

function backupProblems({ backup }: DatabaseArgs): Problem[] {
  if (backup === undefined) return [];
  return [
    ...unless(/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/.*)?$/.test(backup.destinationPath), {
      path: "backup.destinationPath",
      value: backup.destinationPath,
      allowed: "s3://<bucket>/<path>",
      remedy: "name the bucket that holds the backups",
    }),
    ...unless(backup.endpointUrl === undefined || backup.endpointUrl.startsWith("https://"), {
      path: "backup.endpointUrl",
      value: backup.endpointUrl,
      allowed: "an address that begins with https://",
      remedy: "give the S3 server a certificate: backups hold all data",
    }),
    ...wholeDays("backup.retention", backup.retention, 1, 35),
  ];
}

function leastSize(path: string, value: string | undefined, least: number): Problem[] {
  const given = value === undefined ? Infinity : mebibytes(value);
  return unless(given !== undefined && given >= least, {
    path,
    value,
    allowed: `${least} MiB or more`,
    remedy: 'write a number and a unit, such as "1 GiB"',
  });
}
