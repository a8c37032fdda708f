// Conflicts between two stacks of one account, such as a name that both use. Each stack is valid by itself. Pure.
import type { Problem } from "../../components/kit/problems";
import { addresses, parseRange, type Range } from "../../components/kit/subnets";
import { type Known, parseSettings } from "../../infra/model/parse-settings";
import type { PartialSettings } from "../../infra/model/settings";
import { targetKeys } from "../../infra/targets";
import type { PartialAwsSettings } from "../../infra/targets/aws/settings";
import type { StackFile } from "../stack-files";

/** A value that several stacks use and only one can have. */
export interface Meeting {
  readonly problem: Problem;
  readonly stacks: readonly string[];
  /** Whether the second of them would fail or take over from the first. */
  readonly stops: boolean;
}

interface Placed extends PartialSettings {
  readonly stack: string;
  /** Of a target on AWS. */
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly cidr?: string | undefined;
}

/** Compares all pairs of stacks that may share an account; a stack that is always offline shares none. */
export function meetingsOf(files: readonly StackFile[], known: Known): Meeting[] {
  const placed = files
    .filter(({ stack }) => !/(?:^|-)local$/.test(stack))
    .map(({ stack, values }) => ({ stack, ...settingsOf(stack, values, known) }));
  return placed.flatMap((one, at) => placed.slice(at + 1).flatMap((other) => meetings(one, other)));
}

function settingsOf(stack: string, values: StackFile["values"], known: Known): Omit<Placed, "stack"> {
  const { read, own, environment } = parseSettings({ stack, values, offline: true }, known, targetKeys);
  const { region, account, cidr = environment?.network.cidr } = own as PartialAwsSettings;
  return { ...read, region, account, cidr };
}

function meetings(one: Placed, other: Placed): Meeting[] {
  const stacks = [one.stack, other.stack];
  const found: Meeting[] = [];
  const add = (stops: boolean, key: string, value: unknown, allowed: string, remedy: string): void => {
    found.push({ stops, stacks, problem: { path: `archipelago:${key}`, value, allowed, remedy } });
  };
  // A domain is one in the world, whatever the account.
  if (one.domain !== undefined && one.domain === other.domain)
    add(
      true,
      "domain",
      one.domain,
      "a domain of each stack's own",
      `give ${other.stack} one below it, such as ${other.stack}.${one.domain}`,
    );
  if (one.account === undefined || one.account !== other.account || one.region !== other.region) return found;
  if (one.system !== undefined && one.system === other.system && one.environment === other.environment)
    add(
      false,
      "environment",
      one.environment,
      "one stack of a system and environment in an account and region: both carry the same tags, by which the recovery runbook finds what a stack has left",
      `put ${other.stack} into another account or region`,
    );
  const [range, second] = [parseRange(one.cidr ?? ""), parseRange(other.cidr ?? "")];
  if (range && second && overlap(range, second))
    add(
      false,
      "cidr",
      one.cidr === other.cidr ? one.cidr : `${one.cidr ?? ""} and ${other.cidr ?? ""}`,
      "ranges that do not overlap: their VPCs can't be peered, nor share a transit gateway",
      `set archipelago:cidr of ${other.stack} to a range of its own, such as 10.64.0.0/16`,
    );
  return found;
}

function overlap(one: Range, other: Range): boolean {
  return one.start < other.start + addresses(other.prefix) && other.start < one.start + addresses(one.prefix);
}
