// Versions, classes and storage of databases, caches and search domains, held against what AWS offers. A value that a newer
// list may have is a warning.
import {
  classOffer,
  type Classed,
  type Engine,
  OFFERS_OF,
  versionOffer,
  versionsInWords,
} from "../../../components/kit/engine-offers";
import { pauseProblems, storageProblems } from "../../../components/kit/database-limits";
import { offeredVersionProblems } from "../../../components/kit/engines";
import type { Problem } from "../../../components/kit/problems";
import { mebibytes } from "../../../components/kit/units";
import type { Environment } from "../../model/environment";
import { cacheEngine } from "../../model/kinds/cache";
import { resolveDatabase } from "../../model/kinds/database/derive";
import { overrideOf } from "../../model/resolve";
import type { PartialSettings } from "../../model/settings";
import type { System } from "../../model/system";
import type { Conflicts } from "../target";

interface Offered {
  readonly system: System;
  readonly environment: Environment;
  readonly settings: PartialSettings;
  readonly region: string | undefined;
}

/** Problems for values that AWS does not offer, and warnings for values that the lists do not have. */
export function engineOffers(stack: Offered): Conflicts {
  const { system, environment, region } = stack;
  const cache = system.cache && cacheEngine(system);
  const checks = [
    ...Object.keys(system.services).map((service) => ofService(service, stack)),
    ...(cache
      ? [
          warned(ofVersion(`${system.name}.cache.engineVersion`, cache.engine, cache.engineVersion)),
          warned(
            ofClass(`environments.${environment.name}.cache.nodeType`, "cache", environment.cache.nodeType, region),
          ),
        ]
      : []),
  ];
  return {
    problems: checks.flatMap(({ problems }) => problems),
    warnings: checks.flatMap(({ warnings }) => warnings),
  };
}

const warned = (warnings: readonly Problem[]): Conflicts => ({ problems: [], warnings });

function ofService(name: string, { system, environment, settings, region }: Offered): Conflicts {
  const service = system.services[name];
  if (service === undefined) return warned([]);
  const sources = { environment, systemName: system.name, serviceName: name, service };
  const database = resolveDatabase({ ...sources, settings: settings.services?.[name] });
  const search = service.owns?.search;
  const warnings: Problem[] = [];
  const problems: Problem[] = [];
  const described = `${system.name}.services.${name}.owns`;
  // A value that the environment overrides is reported there.
  const at = (key: "engineVersion" | "instanceClass"): string =>
    overrideOf(sources)?.[key] === undefined
      ? `${described}.database.${key}`
      : `environments.${environment.name}.services.${system.name}.${name}.${key}`;
  if (database?.engineVersion !== undefined) {
    const engine = database.kind === "postgres" ? "postgres" : "auroraPostgres";
    problems.push(...offeredVersionProblems(at("engineVersion"), engine, database.engineVersion));
    warnings.push(...ofVersion(at("engineVersion"), engine, database.engineVersion));
  }
  // A bound below the size is wrong on every target, and reported with the description.
  if (
    database?.kind === "postgres" &&
    (mebibytes(database.maxAllocatedStorage) ?? 0) >= (mebibytes(database.allocatedStorage) ?? 0)
  )
    problems.push(...storageProblems(`${described}.database.`, database));
  else if (database?.engineVersion !== undefined && environment.database.scaleToZero)
    problems.push(...pauseProblems(at("engineVersion"), database.engineVersion));
  if (database?.kind === "postgres")
    warnings.push(...ofClass(at("instanceClass"), "database", database.instanceClass, region));
  if (search?.volume !== undefined && (mebibytes(search.volume) ?? 0) % 1024 !== 0)
    problems.push({
      path: `${described}.search.volume`,
      value: search.volume,
      allowed: "whole GiB: EBS has no smaller steps",
      remedy: 'write it like "20 GiB"',
    });
  if (search?.engineVersion !== undefined)
    warnings.push(...ofVersion(`${described}.search.engineVersion`, "openSearch", search.engineVersion));
  if (search?.instanceType !== undefined)
    warnings.push(...ofClass(`${described}.search.instanceType`, "search", search.instanceType, region));
  return { problems, warnings };
}

function ofVersion(path: string, engine: Engine, version: string): Problem[] {
  const offer = versionOffer(engine, version);
  if (offer === "retired")
    return [
      {
        path,
        value: version,
        allowed:
          "for new databases, a minor version that RDS has not retired: a database that has this one stays until RDS upgrades it",
        remedy: `write a later one of ${versionsInWords(engine, version)}, or the major version alone`,
      },
    ];
  return offer === "newer" ? [newer(path, version, versionsInWords(engine, version))] : [];
}

const PREFIXES: Readonly<Record<Classed, RegExp>> = { database: /^db\./, cache: /^cache\./, search: /\.search$/ };

function ofClass(path: string, kind: Classed, name: string, region: string | undefined): Problem[] {
  const offer = classOffer(kind, name.replace(PREFIXES[kind], ""), region);
  if (offer === "newer") return [newer(path, name, "a family of the lists")];
  if (offer !== "elsewhere") return [];
  return [
    {
      path,
      value: name,
      allowed: `a class that AWS offers in ${region ?? "the region"}: on ${OFFERS_OF} it had this one in other regions only`,
      remedy: "if AWS has added it since, leave it; otherwise choose another family",
    },
  ];
}

function newer(path: string, value: string, listed: string): Problem {
  return {
    path,
    value,
    allowed: `known on ${OFFERS_OF}: ${listed}. This one is newer, and nothing here can say whether AWS has it`,
    remedy: "look it up before `up`; a value that AWS does not have stops the deployment half way",
  };
}
