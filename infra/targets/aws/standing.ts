// Compares the existing resources of the stack with the plan. Some changes can't be done in one update, and AWS refuses them only in the
// middle of it: another region or account, another range or other masks, a zone in which a database has a node. They
// are refused here, before the provider and so before anything is created.
import * as pulumi from "@pulumi/pulumi";
import { InvalidInput, listOf, type Problem } from "../../../components/kit/problems";
import { addresses, allocate, parseRange, type Tier, TIERS, tiersOf } from "../../../components/kit/subnets";
import { nodesOf } from "../../model/lookup";
import type { AwsPlan } from "./plan";

/** A resource of the stack as the engine has it. */
export interface StandingResource {
  readonly urn: string;
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
/** Nodes whose zone the engine knows. */
const NODES: ReadonlySet<string> = new Set(["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"]);

/**
 * Dependencies of the provider: an empty list, which resolves once the plan is checked against the existing resources.
 *
 * @throws InvalidInput in the output, with every reason why it can't
 */
export function settled(plan: AwsPlan): pulumi.Output<pulumi.Resource[]> {
  return pulumi.output(readStanding()).apply((standing) => {
    const { problems, warnings } = conflictsWith(plan, standing);
    if (problems.length > 0) throw new InvalidInput(`stack "${pulumi.getStack()}", which stands`, problems);
    if (warnings.length > 0) void pulumi.log.warn(`stack "${pulumi.getStack()}"\n${listOf(warnings)}`);
    return [];
  });
}

/**
 * Resources of the last update, from Pulumi's state; empty before the first successful update. It reads the outputs first:
 * for a stack without a deployment the engine's function for resources fails by a nil pointer (pulumi/pulumi, pkg/backend/backend.go,
 * GetStackResourceOutputs), and the one for outputs does not.
 */
async function readStanding(): Promise<readonly StandingResource[]> {
  const stack = `${pulumi.getOrganization()}/${pulumi.getProject()}/${pulumi.getStack()}`;
  const read = async <T>(token: string, args: Record<string, string>): Promise<Readonly<Record<string, T>>> =>
    ((await pulumi.runtime.invoke(token, args)) as { readonly outputs?: Readonly<Record<string, T>> }).outputs ?? {};
  const outputs = await read<unknown>("pulumi:pulumi:readStackOutputs", { name: stack });
  if (Object.keys(outputs).length === 0) return [];
  const resources = await read<Omit<StandingResource, "urn">>("pulumi:pulumi:readStackResourceOutputs", {
    stackName: stack,
  });
  return Object.entries(resources).map(([urn, resource]) => ({ urn, ...resource }));
}

/** Problems and warnings of an update from the existing resources to the plan. Pure. */
export function conflictsWith(
  plan: AwsPlan,
  standing: readonly StandingResource[],
): { readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const vpc = standing.find(({ urn, type }) => type === VPC && nameOf(urn) === "network");
  if (vpc === undefined) return { problems: [], warnings: [] };
  const elsewhere = [...placeProblems(plan, vpc), ...rangeProblems(plan, vpc)];
  if (elsewhere.length > 0) return { problems: elsewhere, warnings: [] };
  const blocks = blockProblems(plan, standing.filter(isOf(SUBNET)));
  const { problems, warnings } = zoneProblems(plan, standing);
  return { problems: [...blocks, ...problems], warnings };
}

const AGAIN =
  "put it back; to move, bring up a stack of another name (`pulumi stack init <environment>-<suffix>`), move the data, then take this one down; " +
  "or take this one down first (`make down`), then bring it up";

function placeProblems({ region, accountId }: AwsPlan, { outputs }: StandingResource): Problem[] {
  const [, , , standingRegion = "", standingAccount = ""] = textOf(outputs.arn).split(":");
  return [
    ...differs("archipelago:account", accountId, standingAccount, "the account that the stack stands in"),
    ...differs("archipelago:region", region, standingRegion, "the region that the stack stands in"),
  ];
}

function rangeProblems({ environment }: AwsPlan, { outputs }: StandingResource): Problem[] {
  return differs("archipelago:cidr", environment.network.cidr, textOf(outputs.cidrBlock), "the range of the VPC");
}

function differs(path: string, value: string, stands: string, what: string): Problem[] {
  if (stands === "" || stands === value) return [];
  return [{ path, value, allowed: `"${stands}", ${what}`, remedy: AGAIN }];
}

/** Subnets are created before the old ones are deleted, so their blocks must not overlap. */
function blockProblems({ environment, zones }: AwsPlan, subnets: readonly StandingResource[]): Problem[] {
  const { cidr, masks } = environment.network;
  const range = parseRange(cidr);
  if (range === undefined) return [];
  const layout = allocate(range, tiersOf(masks), zones);
  const stands = subnets.flatMap(({ urn, outputs }) => {
    const tier = TIERS.find((known) => nameOf(urn).startsWith(`network-${known}-`));
    return tier ? [{ tier, zone: textOf(outputs.availabilityZone), block: textOf(outputs.cidrBlock) }] : [];
  });
  const inTheWay = TIERS.flatMap((tier) =>
    zones.flatMap((zone) => {
      const block = layout[tier][zone] ?? "";
      const other = stands.find(
        (subnet) =>
          overlap(subnet.block, block) && !(subnet.tier === tier && subnet.zone === zone && subnet.block === block),
      );
      return other ? [{ tier, zone, block, other }] : [];
    }),
  );
  const wrong = new Set(inTheWay.map(({ other }) => other.tier));
  const resized = tiersOf(masks).flatMap(({ name, mask }) => {
    const block = stands.find(({ tier }) => tier === name)?.block;
    const prefix = block === undefined ? undefined : parseRange(block)?.prefix;
    return prefix === undefined || prefix === mask ? [] : [maskProblem(name, mask, prefix)];
  });
  if (resized.length > 0) return resized;
  const [first] = inTheWay;
  if (first === undefined || wrong.size === 0) return [];
  const { tier, zone, block, other } = first;
  return [
    {
      path: "archipelago:zones",
      value: zones,
      allowed: `zones whose blocks are free: ${block}, for the ${tier} subnet of ${zone}, overlaps ${other.block} of ${other.zone}`,
      remedy: AGAIN,
    },
  ];
}

function maskProblem(tier: Tier, mask: number, stands: number): Problem {
  return {
    path: `archipelago:masks.${tier}`,
    value: mask,
    allowed: `${stands}, as the ${tier} subnets stand: blocks of another size would overlap theirs`,
    remedy: `keep it (\`pulumi config set --path archipelago:masks.${tier} ${stands}\`); or ${AGAIN.replace("put it back; ", "")}`,
  };
}

/** RDS and ElastiCache give no subnet up in which a node of theirs is. */
function zoneProblems(plan: AwsPlan, standing: readonly StandingResource[]) {
  const { environment, zones } = plan;
  const before = new Set(standing.filter(isOf(SUBNET)).map(({ outputs }) => textOf(outputs.availabilityZone)));
  const removed = [...before].filter((zone) => zone !== "" && !zones.includes(zone)).sort();
  if (removed.length === 0) return { problems: [], warnings: [] };
  const databases = nodesOf(plan, "database").map(({ name }) => `${name}-`);
  const nodes = standing.filter(
    ({ urn, type }) => NODES.has(type) && databases.some((prefix) => nameOf(urn).startsWith(prefix)),
  );
  const problems = removed.flatMap((zone) => {
    const inside = nodes.filter(({ outputs }) => outputs.availabilityZone === zone).map(({ urn }) => nameOf(urn));
    return inside.length > 0 ? [occupied(zone, zones, `${inside.join(", ")} in it`)] : [];
  });
  const unseen = [
    ...nodesOf(plan, "cache").map(() => "the cache"),
    ...(environment.database.multiAz && databases.length > 0 ? ["a standby of a database"] : []),
  ];
  const warnings =
    problems.length > 0 || unseen.length === 0
      ? []
      : removed.map((zone) =>
          occupied(zone, zones, `perhaps ${unseen.join(" or ")} in it, which the engine can't see`),
        );
  return { problems, warnings };
}

function occupied(zone: string, zones: readonly string[], what: string): Problem {
  return {
    path: "archipelago:zones",
    value: zones,
    allowed: `${zone} as well: it has ${what}, and RDS and ElastiCache give no subnet up in which a node of theirs is`,
    remedy: `take two steps: put ${zone} back beside the new zone, with a zoneCount that holds both, and move the node out of it (a failover, or a new reader); then remove ${zone}`,
  };
}

function overlap(left: string, right: string): boolean {
  const [a, b] = [parseRange(left), parseRange(right)];
  if (!a || !b) return false;
  return a.start < b.start + addresses(b.prefix) && b.start < a.start + addresses(a.prefix);
}

const isOf =
  (wanted: string) =>
  ({ type }: StandingResource): boolean =>
    type === wanted;
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
