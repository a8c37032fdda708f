// The deployment that a state holds, and what must be true of each that is written: references name resources that are there, by their
// present URNs, and the features that a reader needs are listed. Source: pkg/v3 3.259 of github.com/pulumi/pulumi, backend/journal.go and
// resource/stack/deployment.go; sdk/v3, go/common/apitype/core.go.
import { createHash } from "node:crypto";

/** A resource as the state holds it; what is not named here passes through. */
export interface Resource {
  readonly urn: string;
  readonly type?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly aliases?: readonly string[];
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly replaceWith?: readonly string[];
  readonly deletedWith?: string;
  readonly viewOf?: string;
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly refreshBeforeUpdate?: boolean;
  readonly taint?: boolean;
  readonly resourceHooks?: Readonly<Record<string, unknown>>;
  readonly extensionRef?: string;
  readonly snippetID?: string;
}

/** An operation that has begun and not ended. */
export interface Operation {
  readonly resource: Resource;
  readonly type: string;
}

export interface Snippet {
  readonly references?: Readonly<Record<string, string>>;
}

/** A deployment, schema version 3 or 4. */
export interface Deployment {
  readonly manifest?: { readonly time: string; readonly magic: string; readonly version: string };
  readonly secrets_providers?: unknown;
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly Operation[];
  readonly metadata?: unknown;
  readonly snippets?: readonly Snippet[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A deployment with the schema version and the features that a reader must support. */
export interface VersionedDeployment {
  readonly version: number;
  readonly features?: readonly string[];
  readonly deployment: Deployment;
}

export function manifest(version: string): { time: string; magic: string; version: string } {
  return { time: new Date().toISOString(), magic: createHash("sha256").update(version).digest("hex"), version };
}

/** After a refresh, drops references to resources that are gone. */
export function rebuilt(resources: readonly Resource[]): readonly Resource[] {
  const there = new Set<string>();
  return resources.map((resource) => {
    const left = (urns: readonly string[]): readonly string[] => urns.filter((urn) => there.has(urn));
    const { dependencies = [], propertyDependencies = {}, replaceWith = [], deletedWith, parent, ...rest } = resource;
    const properties = Object.entries(mapValues(propertyDependencies, (urns) => left(urns ?? [])));
    const all = {
      ...rest,
      parent: parent !== undefined && there.has(parent) ? parent : "",
      deletedWith: deletedWith !== undefined && there.has(deletedWith) ? deletedWith : "",
      dependencies: left(dependencies),
      replaceWith: left(replaceWith),
      propertyDependencies: Object.fromEntries(properties.filter(([, urns]) => urns.length > 0)),
    };
    // What is empty is not written.
    const found = Object.fromEntries(Object.entries(all).filter(([key, value]) => key in rest || sizeOf(value) > 0));
    there.add(resource.urn);
    return found as Partial<Resource> & Pick<Resource, "urn">;
  });
}

function sizeOf(value: unknown): number {
  return typeof value === "string" ? value.length : Object.keys(Object(value) as object).length;
}

interface Normalized {
  readonly list: readonly Resource[];
  readonly snippet: (snippet: Snippet) => Snippet;
}

/** Writes the present URN wherever an alias of it stands, and no aliases. */
export function normalized(resources: readonly Resource[]): Normalized {
  const present = new Map<string, string>();
  for (const { urn, aliases = [], parent = "" } of resources) {
    for (const alias of aliases) present.set(alias, urn);
    const moved = present.get(parent);
    if (moved !== undefined && qualifiedType(moved) !== "pulumi:pulumi:Stack") present.set(urn, under(moved, urn));
  }
  if (present.size === 0) return { list: resources, snippet: (snippet) => snippet };
  const fix = (urn: string): string => present.get(urn) ?? urn;
  const list = resources.map(({ aliases: _aliases, ...resource }): Resource => {
    const { parent, provider, dependencies, propertyDependencies, deletedWith, viewOf } = resource;
    return {
      ...resource,
      urn: fix(resource.urn),
      ...(parent !== undefined && { parent: fix(parent) }),
      ...(provider !== undefined && { provider: fixedProvider(provider, fix) }),
      ...(dependencies !== undefined && { dependencies: dependencies.map(fix) }),
      ...(propertyDependencies !== undefined && {
        propertyDependencies: mapValues(propertyDependencies, (urns) => (urns ?? []).map(fix)),
      }),
      ...(deletedWith !== undefined && { deletedWith: fix(deletedWith) }),
      ...(viewOf !== undefined && { viewOf: fix(viewOf) }),
    };
  });
  const snippet = ({ references, ...rest }: Snippet): Snippet => ({
    ...rest,
    ...(references !== undefined && { references: mapValues(references, fix) }),
  });
  return { list, snippet };
}

/** A provider is named by its URN and its identifier. */
function fixedProvider(reference: string, fix: (urn: string) => string): string {
  const end = reference.lastIndexOf("::");
  return end < 0 ? reference : `${fix(reference.slice(0, end))}${reference.slice(end)}`;
}

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/** The URN of a resource below a parent. */
function under(parent: string, urn: string): string {
  const [stack = "", project = "", types = "", ...name] = urn.split("::");
  const own = types.slice(types.lastIndexOf("$") + 1);
  return [stack, project, `${qualifiedType(parent)}$${own}`, ...name].join("::");
}

/** Features that a reader of the deployment must support, with the engine's names. */
export function featuresOf(
  resources: readonly Resource[],
  whole: { readonly byteString: boolean; readonly snippets: boolean },
): readonly string[] {
  const some = (has: (resource: Resource) => boolean): boolean => resources.some(has);
  const used: Record<string, boolean> = {
    byteString: whole.byteString && resources.length > 0,
    refreshBeforeUpdate: some((resource) => resource.refreshBeforeUpdate === true),
    views: some(({ viewOf }) => viewOf !== undefined && viewOf !== ""),
    hooks: some(({ resourceHooks }) => Object.keys(resourceHooks ?? {}).length > 0),
    taint: some(({ taint }) => taint === true),
    replaceWith: some(({ replaceWith }) => (replaceWith?.length ?? 0) > 0),
    extensionParameterization: some(({ extensionRef }) => extensionRef !== undefined && extensionRef !== ""),
    "snippets-prototype": whole.snippets || some(({ snippetID }) => snippetID !== undefined && snippetID !== ""),
  };
  return Object.keys(used)
    .filter((feature) => used[feature])
    .sort();
}

function mapValues<T, R>(of: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, map(value)]));
}
