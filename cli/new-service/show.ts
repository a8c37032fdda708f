// What a new service would bring, as a person reads it in a terminal: at most 100 columns, a part a question.
import type { Registered } from "../../offline/providers/mocks";
import type { Changed, Difference } from "./difference";
import { isCloud, type Labels } from "./labels";
import { ofType, type RoleRights, rightsOf } from "./rights";

const COLUMNS = 100;
/** What shows the whole stack changes with each service. */
const WATCHING: ReadonlySet<string> = new Set([
  "aws:cloudwatch/dashboard:Dashboard",
  "aws:cloudwatch/queryDefinition:QueryDefinition",
]);

/**
 * The whole review.
 *
 * @param entrance name of the entrance that gets a route
 */
export function reviewLines(stack: string, difference: Difference, labels: Labels, entrance?: string): string[] {
  const { created, changed, deleted } = difference;
  const cloud = created.filter(isCloud);
  return [
    `what ${stack} would get with it: ${counted(cloud.length, "new resource")}`,
    ...existingLines(changed, deleted, entrance),
    ...part("new resources", componentsOf(created).flatMap(componentLines)),
    ...part("rights of new roles", rightsOf(created, labels).flatMap(roleLines)),
    ...part("new security-group rules", ruleLines(created, labels)),
    ...environmentsOf(created, labels).flatMap(([container, variables]) =>
      part(`environment of ${container}`, columns(variables)),
    ),
  ];
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function existingLines(
  changed: readonly Changed[],
  deleted: readonly Registered[],
  entrance: string | undefined,
): string[] {
  const cloud = changed.filter(({ resource }) => isCloud(resource));
  const shown = cloud.filter(({ resource: { type } }) => !WATCHING.has(type));
  const gone = deleted.filter(isCloud);
  const routed = entrance === undefined ? [] : [`entrance ${entrance} gets the route`];
  const rest = entrance === undefined ? "nothing that exists changes" : "nothing else that exists changes";
  return [
    ...(shown.length === 0
      ? [[...routed, rest].join("; ")]
      : [...routed, `${counted(shown.length, "existing resource")} would change`]),
    ...(cloud.length > shown.length ? ["dashboards and saved queries show it too"] : []),
    ...shown.flatMap(({ resource, properties }) =>
      columns([[`  ${shortType(resource.type)}`, `${resource.name}: ${properties.join(", ")}`]]),
    ),
    ...(gone.length === 0 ? [] : [`${counted(gone.length, "existing resource")} would be deleted`]),
    ...gone.flatMap(({ type, name }) => columns([[`  ${shortType(type)}`, name]])),
  ];
}

interface Component {
  readonly title: string;
  readonly resources: readonly Registered[];
}

/** New resources under the component that a team knows them by; what a component is made of counts with it. */
function componentsOf(created: readonly Registered[]): Component[] {
  const byUrn = new Map(created.map((resource) => [resource.urn, resource]));
  const groups = new Map<string, Registered[]>();
  for (const resource of created.filter(isCloud)) {
    const title = titleOf(resource, byUrn);
    groups.set(title, [...(groups.get(title) ?? []), resource]);
  }
  return [...groups].map(([title, resources]) => ({ title, resources })).sort((a, b) => order(a.title, b.title));
}

function titleOf(resource: Registered, byUrn: ReadonlyMap<string, Registered>): string {
  let title = "";
  for (let urn = resource.parent ?? ""; urn !== ""; urn = byUrn.get(urn)?.parent ?? "") {
    const [, , types = "", name = ""] = urn.split("::");
    const type = types.split("$").at(-1) ?? "";
    if (type.startsWith("archipelago:") && !type.startsWith("archipelago:base:")) return `${name} (${shortType(type)})`;
    if (title === "" && type !== "pulumi:pulumi:Stack") title = `${name} (${shortType(type)})`;
  }
  return title === "" ? "(the stack itself)" : title;
}

function componentLines({ title, resources }: Component): string[] {
  const types = new Map<string, string[]>();
  for (const { type, name } of resources) types.set(type, [...(types.get(type) ?? []), name]);
  const rows = [...types]
    .map(([type, names]): [string, string] => [`  ${shortType(type)}`, [...names].sort(order).join(", ")])
    .sort(([a], [b]) => order(a, b));
  return [`${title}: ${counted(resources.length, "resource")}`, ...columns(rows)];
}

function roleLines({ role, trusted, rights }: RoleRights): string[] {
  const rows = rights.flatMap(({ actions, resources, conditions }) => [
    [`  ${actions}`, resources.join(", ")] as const,
    ...conditions.map((condition) => ["", `if ${condition}`] as const),
  ]);
  return [`${role}, for ${trusted.join(", ")}`, ...columns(rows)];
}

/** The inputs of a security group's rule that are shown. */
interface Rule {
  readonly securityGroupId: string;
  /** `-1` is every one. */
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly referencedSecurityGroupId?: string;
  readonly prefixListId?: string;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
}

function ruleLines(created: readonly Registered[], labels: Labels): string[] {
  const rules = (way: "Ingress" | "Egress") =>
    ofType(created, `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`).map(({ inputs }): [string, string] => {
      const { securityGroupId, ipProtocol, fromPort, toPort, ...peers } = inputs as unknown as Rule;
      const { referencedSecurityGroupId, prefixListId, cidrIpv4, cidrIpv6 } = peers;
      const ports = [...new Set([fromPort, toPort])].filter((port) => port !== undefined).join("-");
      const peer = labels(referencedSecurityGroupId ?? prefixListId ?? cidrIpv4 ?? cidrIpv6 ?? "nobody");
      const traffic = ipProtocol === "-1" ? "all" : `${ipProtocol} ${ports}`.trimEnd();
      return [
        labels(securityGroupId),
        `${way === "Ingress" ? "in   " : "out  "}${traffic} ${way === "Ingress" ? "from" : "to"} ${peer}`,
      ];
    });
  return columns([...rules("Ingress"), ...rules("Egress")].sort(([a, x], [b, y]) => order(a, b) || order(x, y)));
}

interface Container {
  readonly name: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

type Variable = readonly [name: string, value: string];

/** The variables of every container of new tasks, secrets among them by where they come from. */
function environmentsOf(
  created: readonly Registered[],
  labels: Labels,
): [container: string, variables: readonly Variable[]][] {
  return ofType(created, "aws:ecs/taskDefinition:TaskDefinition").flatMap(({ inputs }) =>
    (JSON.parse(String(inputs.containerDefinitions)) as readonly Container[]).map(
      ({ name, environment = [], secrets = [] }): [string, Variable[]] => [
        name,
        [
          ...environment.map(({ name, value }): Variable => [name, labels(value)]),
          ...secrets.map(({ name, valueFrom }): Variable => [name, `secret ${labels(valueFrom)}`]),
        ],
      ],
    ),
  );
}

/** Two columns; what is long goes on below itself, and a first one that is very long has lines of its own. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...rows.map(([first]) => first.length).filter((length) => length <= 46));
  // Two more go to the part that the lines stand in.
  const room = COLUMNS - 2;
  return rows.flatMap(([first, second]) => {
    const seconds = second === "" ? [] : wrapped(second, room - width - 2);
    const firsts = first.length <= width ? [first] : hanging(first, room);
    const [beside, below] = first.length <= width ? [seconds[0] ?? "", seconds.slice(1)] : ["", seconds];
    return [
      ...firsts.slice(0, -1),
      `${(firsts.at(-1) ?? "").padEnd(width)}  ${beside}`.trimEnd(),
      ...below.map((line) => `${" ".repeat(width)}  ${line}`),
    ];
  });
}

/** A text that goes on two columns further in than it begins. */
function hanging(text: string, room: number): string[] {
  const inset = /^ */.exec(text)?.[0] ?? "";
  return wrapped(text.slice(inset.length), room - inset.length - 2).map(
    (line, at) => `${inset}${at === 0 ? "" : "  "}${line}`,
  );
}

/** Breaks a text after blanks, and after commas in words that are longer than a line. */
function wrapped(text: string, room: number): string[] {
  const lines = [""];
  for (const token of text.split(text.split(" ").some((word) => word.length > room) ? /(?<=[ ,])/ : /(?<= )/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + token.trimEnd().length > room) lines.push(token);
    else lines[lines.length - 1] = line + token;
  }
  return lines.map((line) => line.trimEnd());
}

/** `aws:ec2/securityGroup:SecurityGroup` as `ec2:SecurityGroup`. */
function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return type.startsWith("archipelago:") ? name : `${module.split("/")[0] ?? ""}:${name}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function order(a: string, b: string): number {
  return a.localeCompare(b, "en");
}
