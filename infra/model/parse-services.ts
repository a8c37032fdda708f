// The configuration's two mappings by service: images, and what this stack changes about a service.
import { snapshotProblems } from "../../components/kit/engines";
import { mebibytes, type Size } from "../../components/kit/units";
import type { Findings } from "./findings";
import { ownMigrations } from "./migration";
import { isMapping, type RawConfig } from "./raw-config";
import type { ServiceSettings } from "./settings";
import type { System } from "./system";

/** Reads `archipelago:images`: one image for each service, for each migration with an image of its own, and for nothing else. */
export function parseImages(
  config: RawConfig,
  system: System | undefined,
): Readonly<Record<string, string>> | undefined {
  const allowed = "an image reference for each service, as a mapping";
  const mapping = config.mapping("images", allowed, "list the images in Pulumi.<stack>.yaml");
  if (mapping === undefined) return undefined;
  const services = [...Object.keys(system?.services ?? {}), ...ownMigrations(system).keys()];
  const known = Object.fromEntries(services.map((name) => [name, true]));
  const images: Record<string, string> = {};
  for (const [service, image] of Object.entries(mapping)) {
    const path = `archipelago:images.${service}`;
    if (system) config.findings.requireKey(service, known, path, "service", image);
    if (typeof image === "string") images[service] = image;
    else config.findings.require(false, path, image, "an image reference as text", "put the reference in quotes");
  }
  for (const service of services.filter((name) => !Object.hasOwn(mapping, name))) {
    config.findings.require(
      false,
      `archipelago:images.${service}`,
      undefined,
      "an image reference with a tag or digest",
      `pulumi config set --path 'archipelago:images.${service}' <reference>`,
    );
  }
  return images;
}

/** Reads `archipelago:services`. */
export function parseServices(
  config: RawConfig,
  system: System | undefined,
): Readonly<Record<string, ServiceSettings>> {
  const allowed = `a mapping by service with any of ${SETTINGS.join(", ")}`;
  const mapping = config.mapping("services", allowed, "write services: { order: { max: 30 } }", "optional");
  const parsed: Record<string, ServiceSettings> = {};
  for (const [service, value] of Object.entries(mapping ?? {})) {
    const path = `archipelago:services.${service}`;
    if (system) config.findings.requireKey(service, system.services, path, "service", value);
    if (isMapping(value)) parsed[service] = parseService(path, value, config.findings);
    else config.findings.require(false, path, value, allowed, "write { max: 30 }");
  }
  return parsed;
}

const SETTINGS = ["cpu", "memory", "min", "max", "snapshotIdentifier"];

function parseService(path: string, value: Readonly<Record<string, unknown>>, findings: Findings): ServiceSettings {
  for (const [key, given] of Object.entries(value)) {
    findings.requireKnown(key, SETTINGS, `${path}.${key}`, "setting", given);
  }
  const cpu = whole(value.cpu, `${path}.cpu`, findings);
  const min = whole(value.min, `${path}.min`, findings);
  const max = whole(value.max, `${path}.max`, findings);
  const memory = size(value.memory, `${path}.memory`, findings);
  const snapshotIdentifier = snapshot(value.snapshotIdentifier, `${path}.snapshotIdentifier`, findings);
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
  };
}

function whole(value: unknown, path: string, findings: Findings): number | undefined {
  const holds = value === undefined || (typeof value === "number" && Number.isInteger(value));
  findings.require(holds, path, value, "a whole number", "write the number without quotes or unit");
  return holds ? value : undefined;
}

function size(value: unknown, path: string, findings: Findings): Size | undefined {
  const holds = value === undefined || isSize(value);
  findings.require(holds, path, value, 'a size with its unit, such as "512 MiB"', "add the unit");
  return holds ? value : undefined;
}

function snapshot(value: unknown, path: string, findings: Findings): string | undefined {
  if (typeof value === "string" || value === undefined) {
    findings.problems.push(...snapshotProblems(path, value));
    return value;
  }
  findings.require(false, path, value, "the name or ARN of a snapshot, as text", "put it in quotes");
  return undefined;
}

function isSize(value: unknown): value is Size {
  return typeof value === "string" && value.includes(" ") && mebibytes(value) !== undefined;
}
