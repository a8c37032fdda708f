// Which subnets a VPC gets, by the published component's rules (v3.9): pure arithmetic over its arguments.
import {
  adjoins,
  type Block,
  blockAt,
  blockBehind,
  overlap,
  parseBlock,
  sameEnd,
  sameStart,
  showBlock,
  sizeOf,
  subdivision,
} from "./cidr";

/** A kind of subnet, one of it in each zone. */
export interface SubnetSpec {
  readonly type: string;
  readonly name?: string;
  readonly cidrMask?: number;
  readonly cidrBlocks?: readonly string[];
  readonly size?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly assignIpv6AddressOnCreation?: boolean;
}

/** Everything that decides the layout. */
export interface LayoutRequest {
  readonly name: string;
  readonly cidrBlock: string;
  readonly zones: readonly string[];
  readonly specs?: readonly SubnetSpec[];
  readonly strategy: string;
  readonly zoneMask?: number;
  readonly nameTags: string;
}

/** One subnet. */
export interface PlannedSubnet {
  readonly zone: string;
  readonly type: string;
  readonly cidrBlock: string;
  /** The logical name; by the zone's index, whatever the name tags are. */
  readonly logicalName: string;
  readonly nameTag: string;
  readonly spec: SubnetSpec;
}

/** A layout, and the specifications that it comes from. */
export interface Layout {
  readonly subnets: readonly PlannedSubnet[];
  readonly specs: readonly SubnetSpec[];
}

const DEFAULT_SPECS: readonly SubnetSpec[] = [{ type: "Private" }, { type: "Public" }];

/** Lays out the subnets. Throws with the published component's reasons when they do not fit. */
export function layOut(request: LayoutRequest): Layout {
  const specs = request.specs && normalized(request.specs, request.zones.length);
  const subnets = allocate(request, specs);
  refuseOverlaps(subnets);
  if (request.strategy === "Exact") refuseGaps(request.cidrBlock, subnets);
  const given = specs !== undefined && ["Auto", "Exact"].includes(request.strategy);
  return { subnets, specs: given ? specs : derivedSpecs(subnets, request.zones.length) };
}

/** Explicit blocks count only where the strategy is not "Legacy": the published component ignores them there. */
function allocate(request: LayoutRequest, specs: readonly SubnetSpec[] | undefined): PlannedSubnet[] {
  const { strategy } = request;
  const explicit = specs?.some(({ cidrBlocks }) => cidrBlocks !== undefined) ?? false;
  if (strategy === "AutoMerge") {
    if (explicit) throw new Error('subnetStrategy="AutoMerge" does not support subnetSpecs with explicit cidrBlocks.');
    return inOrder(request, merged(specs ?? [], defaultsFor(request)));
  }
  if (strategy === "Legacy" || (specs === undefined && strategy === "Exact")) {
    return specs === undefined ? grouped(request, DEFAULT_SPECS, true) : grouped(request, specs, false);
  }
  if (!explicit) return inOrder(request, specs ?? defaultsFor(request));
  return request.zones.flatMap((_, at) =>
    (specs ?? []).map((spec) => planned(request, spec, at, spec.cidrBlocks?.[at] ?? "")),
  );
}

function planned(
  { name, zones, nameTags }: LayoutRequest,
  spec: SubnetSpec,
  at: number,
  cidrBlock: string,
): PlannedSubnet {
  const zone = zones[at] ?? "";
  const base = `${name}-${spec.name ?? spec.type.toLowerCase()}`;
  const suffix = zone.replace(/^[a-z]{2,4}(?:-[a-z]+)+-/, "");
  const nameTag = nameTags === "AvailabilityZone" ? `${base}-${suffix}` : `${base}-${at + 1}`;
  return { zone, type: spec.type, cidrBlock, logicalName: `${base}-${at + 1}`, nameTag, spec };
}

function bitsFor(count: number): number {
  return count === 0 ? 0 : Math.ceil(Math.log2(count));
}

/** Subnets in the order in which they were specified, zone by zone. */
function inOrder(request: LayoutRequest, specs: readonly SubnetSpec[]): PlannedSubnet[] {
  if (specs.length === 0) throw new Error("No subnets specified");
  const vpc = parseBlock(request.cidrBlock);
  const zoneMask = request.zoneMask ?? vpc.mask + bitsFor(request.zones.length);
  const maskOf = (spec: SubnetSpec): number => spec.cidrMask ?? zoneMask + bitsFor(specs.length);
  const needed = specs.reduce((sum, spec) => sum + sizeOf(maskOf(spec)), 0);
  if (needed > sizeOf(zoneMask)) {
    throw new Error(
      `Subnets are too large for VPC. VPC has ${sizeOf(zoneMask)} addresses, but subnets require ${needed} addresses.`,
    );
  }
  return request.zones.flatMap((_, at) => {
    let previous: Block | undefined;
    return specs.map((spec) => {
      const zone = subdivision(blockAt(vpc.base, zoneMask), zoneMask, at);
      const block = previous ? blockBehind(previous, maskOf(spec)) : blockAt(zone.base, maskOf(spec));
      previous = block;
      return planned(request, spec, at, showBlock(block));
    });
  });
}

function defaultsFor({ cidrBlock, zones, zoneMask }: LayoutRequest): SubnetSpec[] {
  const mask = zoneMask ?? parseBlock(cidrBlock).mask + bitsFor(zones.length);
  if (mask > 26)
    throw new Error(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${mask} is available.`,
    );
  return DEFAULT_SPECS.map((spec, at) => ({ ...spec, cidrMask: Math.max(mask, 16) + at + 1 }));
}

function merged(own: readonly SubnetSpec[], defaults: readonly SubnetSpec[]): SubnetSpec[] {
  const overrides = own.filter(
    ({ name, type }) => name === undefined && defaults.some((spec) => sameType(spec.type, type)),
  );
  const base = defaults.map((spec) => ({ ...spec, ...overrides.find(({ type }) => sameType(type, spec.type)) }));
  return [...base, ...own.filter((spec) => !overrides.includes(spec))];
}

const sameType = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();
/** The legacy order of kinds, and the widest mask that each gets by itself. */
const GROUPS = [
  { type: "private", mask: 19 },
  { type: "public", mask: 20 },
  { type: "isolated", mask: 24 },
] as const;

/** The legacy layout: private subnets first, then public, then isolated ones. */
function grouped(request: LayoutRequest, specs: readonly SubnetSpec[], byHalves: boolean): PlannedSubnet[] {
  const vpc = parseBlock(request.cidrBlock);
  const zoneMask = vpc.mask + bitsFor(request.zones.length);
  const zones = request.zones.map((_, at) => subdivision(vpc, zoneMask, at));
  if (byHalves) {
    const halves = (spec: SubnetSpec, index: number) =>
      zones.map((zone, at) => planned(request, spec, at, showBlock(half(zone, index))));
    return specs.flatMap(halves);
  }
  return zones.flatMap((zone, at) => groupedZone(request, specs, zone, at));
}

/** Private subnets take the first half of a zone, public ones the first half of the other. */
function half(zone: Block, index: number): Block {
  const first = subdivision(zone, zone.mask + 1, 0);
  return index === 0 ? first : subdivision(subdivision(first, first.mask, 1), first.mask + 1, 0);
}

function groupedZone(request: LayoutRequest, specs: readonly SubnetSpec[], zone: Block, at: number): PlannedSubnet[] {
  const spare = specs.length === 1 ? 0 : 1;
  const result: PlannedSubnet[] = [];
  let current: Block = { base: zone.base - 1, mask: 32 };
  let last: Block | undefined;
  for (const group of GROUPS) {
    const from = last ? subdivision(last, last.mask, 1) : zone;
    specs
      .filter(({ type }) => sameType(type, group.type))
      .forEach((spec, index) => {
        const mask = spec.cidrMask ?? Math.max(zone.mask + spare, group.mask);
        const wanted = subdivision(from, mask, index);
        current = overlap(current, wanted) ? blockBehind(current, mask) : wanted;
        last = current;
        const type = group.type.charAt(0).toUpperCase() + group.type.slice(1);
        result.push(planned(request, { ...spec, type }, at, showBlock(current)));
      });
  }
  return result;
}

function normalized(specs: readonly SubnetSpec[], zones: number): SubnetSpec[] {
  const issues = [...ambiguous(specs)];
  const explicit = specs.some(({ cidrBlocks }) => cidrBlocks !== undefined);
  const result = specs.map((spec, at): SubnetSpec => {
    if (explicit) {
      issues.push(...explicitIssues(spec, at, zones));
      return spec;
    }
    const mask = spec.cidrMask ?? (spec.size === undefined ? undefined : 32 - Math.log2(spec.size));
    if (mask === undefined) return spec;
    if (!Number.isInteger(mask))
      issues.push(`The following subnet sizes are invalid: ${spec.size}. Valid sizes are powers of two.`);
    if (spec.size !== undefined && spec.size !== sizeOf(mask)) {
      issues.push(`Subnet size ${spec.size} does not match the expected size for a /${mask} subnet (${sizeOf(mask)}).`);
    }
    return { ...spec, cidrMask: mask, size: sizeOf(mask) };
  });
  if (issues.length > 0) throw new Error(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);
  return result;
}

function ambiguous(specs: readonly SubnetSpec[]): string[] {
  const types = [...new Set(specs.map(({ type }) => type.toLowerCase()))];
  return types
    .filter((type) => {
      const names = specs.filter((spec) => sameType(spec.type, type)).map(({ name }) => name);
      return new Set(names).size < names.length;
    })
    .map((type) => `Multiple subnet specs of type "${type}" require unique names.`);
}

function explicitIssues({ cidrBlocks, cidrMask, size }: SubnetSpec, at: number, zones: number): string[] {
  if (cidrBlocks === undefined)
    return ["If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks."];
  if (cidrBlocks.length !== zones) {
    return [`The number of CIDR blocks in subnetSpecs[${at}] must match the number of availability zones (${zones}).`];
  }
  const masks = cidrBlocks.map((block) => parseBlock(block).mask);
  if (cidrMask !== undefined && masks.some((mask) => mask !== cidrMask)) {
    return [`The cidrMask in subnetSpecs[${at}] must match all cidrBlocks or be left undefined.`];
  }
  if (size !== undefined && masks.some((mask) => sizeOf(mask) !== size)) {
    return [`The size in subnetSpecs[${at}] must match all cidrBlocks or be left undefined.`];
  }
  return [];
}

function refuseOverlaps(subnets: readonly PlannedSubnet[]): void {
  const blocks = subnets.map(({ cidrBlock }) => parseBlock(cidrBlock));
  const bad = subnets.filter((_, at) =>
    blocks.some((block, other) => other !== at && overlap(block, blocks[at] ?? block)),
  );
  if (bad.length === 0) return;
  const list = bad.map(({ logicalName, cidrBlock }, at) => `${at + 1}. ${logicalName}: ${cidrBlock}\n`).join("");
  throw new Error(
    "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of the " +
      `subnets per AZ, or use less Availability Zones:\n\n${list}`,
  );
}

function refuseGaps(cidrBlock: string, subnets: readonly PlannedSubnet[]): void {
  const vpc = parseBlock(cidrBlock);
  const gaps: string[] = [];
  subnets.forEach((subnet, at) => {
    const block = parseBlock(subnet.cidrBlock);
    const previous = subnets[at - 1];
    if (!previous) {
      if (!sameStart(block, vpc))
        gaps.push(
          `${subnet.logicalName} (${subnet.cidrBlock}) does not start at the beginning of the VPC (${cidrBlock})`,
        );
    } else if (!adjoins(parseBlock(previous.cidrBlock), block)) {
      gaps.push(`${previous.logicalName} (${previous.cidrBlock}) <=> ${subnet.logicalName} (${subnet.cidrBlock})`);
    }
  });
  const last = subnets.at(-1);
  if (last && !sameEnd(parseBlock(last.cidrBlock), vpc))
    gaps.push(`${last.logicalName} (${last.cidrBlock}) ends before VPC ends (${cidrBlock})`);
  if (gaps.length > 0)
    throw new Error(`There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`);
}

/** What would have to be specified to get the layout that was derived. */
function derivedSpecs(subnets: readonly PlannedSubnet[], zones: number): SubnetSpec[] {
  return subnets.slice(0, subnets.length / zones).map(({ type, cidrBlock, spec }) => ({
    type,
    ...(spec.name !== undefined && { name: spec.name }),
    cidrMask: parseBlock(cidrBlock).mask,
  }));
}
