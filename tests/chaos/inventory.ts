// What exists and what the engine's state knows, side by side: the account's inventory is the emulated cloud's record.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { FolderInventory } from "../../offline/providers/core/folder";
import { MemoryInventory } from "../../offline/providers/core/record";
import type { Values } from "../../offline/providers/core/values";
import { emulate } from "../../offline/providers/packages";
import type { OfflineStack } from "../../cli/offline-stack";
import { foundByTags, type Tags } from "./account";

/** A resource that exists. */
export interface Entry {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  /** Its file within the cloud's folder. */
  readonly file: string;
  readonly content: unknown;
}

/** A resource as the state knows it. */
export interface Known {
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly delete?: boolean;
}

/** Types which hold data: an update that ends with another one in its place has lost it. */
const stores: ReadonlySet<string> = new Set([
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:kms/key:Key",
  "aws:sqs/queue:Queue",
]);

export const keyOf = ({ type, id }: Pick<Entry, "type" | "id">): string => `${type} ${id}`;

/** Everything that exists and was made by a stack. */
export function existing(cloud: string): readonly Entry[] {
  return readdirSync(cloud, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const content = JSON.parse(readFileSync(file, "utf8")) as Omit<Entry, "file" | "content">;
      const { type, id, urn } = content;
      // What has no URN was there without anybody's stack.
      if (typeof urn !== "string" || urn === "") return [];
      return [{ type, id: engineId(type, id, content), urn, file: relative(cloud, file), content }];
    });
}

const { rules } = emulate("aws", {}, new MemoryInventory(), () => "");

/** The identifier as the engine has it: the record puts before it what it is within, where it alone is not enough. */
function engineId(type: string, id: string, content: object): string {
  const { inputs = {} } = content as { readonly inputs?: Readonly<Record<string, unknown>> };
  const within = (rules.rule(type).recordedWithin ?? []).map((property) => inputs[property]);
  const prefix = within.map((part) => `${String(part)}/`).join("");
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

/** The identities of the resources that hold data. */
export function storesOf(entries: readonly Entry[]): readonly string[] {
  return entries.filter(({ type }) => stores.has(type)).map(keyOf);
}

/** What the state knows to exist in a cloud: random values exist nowhere else. */
export async function known(stack: OfflineStack): Promise<readonly Known[]> {
  const { deployment } = JSON.parse(await stack.export()) as {
    deployment: { resources?: (Known & { custom?: boolean; external?: boolean })[] };
  };
  return (deployment.resources ?? []).filter(
    ({ type, custom, external }) => custom === true && external !== true && !/^(?:pulumi|random):/.test(type),
  );
}

/** What the account shows of a stack and the state doesn't know. */
export async function orphans(stack: OfflineStack, tags: Tags): Promise<readonly Entry[]> {
  const keys = new Set((await known(stack)).map(keyOf));
  return foundByTags(existing(stack.places.cloud), tags).filter((entry) => !keys.has(keyOf(entry)));
}

/**
 * Deletes resources from the emulated account with its own refusals, those that others need last.
 * @returns what could not be deleted, and why
 */
export function deleteAll(cloud: string, entries: readonly Entry[]): readonly string[] {
  let left = entries;
  for (;;) {
    const refused = left.flatMap((entry) => {
      try {
        emulationOf(cloud, entry).delete(entry, entry.id, (entry.content as { readonly inputs: Values }).inputs);
        return [];
      } catch (error) {
        return [{ entry, reason: error instanceof Error ? error.message : String(error) }];
      }
    });
    if (refused.length === 0 || refused.length === left.length) return refused.map(({ reason }) => reason);
    left = refused.map(({ entry }) => entry);
  }
}

/** The provider of a resource, for the account and region in which it is kept. */
function emulationOf(cloud: string, { file, type }: Entry) {
  const [name = "", account = "", place = ""] = file.split(sep);
  const region = place === "global" ? regionBeside(join(cloud, name, account)) : place;
  const config = name === "aws" ? { region, allowedAccountIds: JSON.stringify([account]) } : {};
  if (type === "") throw new Error(`${file} names no type`);
  return emulate(name, config, new FolderInventory(join(cloud, name)), () => "");
}

function regionBeside(account: string): string {
  return readdirSync(account).find((name) => name !== "global") ?? "";
}
