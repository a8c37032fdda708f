// Looks up the attributes of an existing network that the components need. A preview of such a stack needs credentials.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpointServiceName, InvalidInput, type Placement } from "../../../components/kit";
import { ExistingNetwork, type ExistingNetworkArgs, type SubnetFacts } from "../../../components/aws/network";
import type { ExistingNetworkSettings } from "./settings";
import type { AwsPlan } from "./plan";

/** The network that the settings name, checked while the run is previewed. */
export function adoptNetwork(
  { endpoints: services, nodes, tags }: Pick<AwsPlan, "endpoints" | "nodes" | "tags">,
  settings: ExistingNetworkSettings,
  placement: Placement,
  provider: aws.Provider,
): ExistingNetwork {
  const lookUp = new LookUp(settings.vpcId, placement, provider, tags);
  const { vpcId, publicSubnetIds, privateSubnetIds, isolatedSubnetIds, internetEgress } = settings;
  const vpc = pulumi.output(lookUp.vpc());
  const subnets = pulumi.output(lookUp.subnets([...publicSubnetIds, ...privateSubnetIds, ...isolatedSubnetIds]));
  const groups = groupsOf(services, settings, lookUp);
  return new ExistingNetwork(
    "network",
    {
      placement,
      vpcId,
      cidr: settings.cidr ?? vpc.cidrBlock,
      ...(publicSubnetIds.length > 0 && { publicSubnetIds }),
      privateSubnetIds,
      isolatedSubnetIds,
      internetEgress,
      endpoints: endpointsOf(services, settings, groups),
      s3PrefixListId: pulumi.output(lookUp.prefixList("s3")),
      ...(nodes.some(({ kind }) => kind === "table") && {
        dynamodbPrefixListId: pulumi.output(lookUp.prefixList("dynamodb")),
      }),
      facts: pulumi.all([vpc, subnets, groups]).apply(([{ enableDnsSupport, enableDnsHostnames }, facts, found]) => ({
        dnsSupport: enableDnsSupport,
        dnsHostnames: enableDnsHostnames,
        subnets: facts,
        ...(found && { endpoints: found }),
      })),
    },
    { providers: [provider] },
  );
}

type Groups = Readonly<Record<string, readonly string[] | undefined>>;

/** Groups of the endpoints by service, where the settings leave them to be looked up. */
function groupsOf(
  services: readonly string[],
  { endpoints, endpointSecurityGroupIds }: ExistingNetworkSettings,
  lookUp: LookUp,
): pulumi.Output<Groups | undefined> {
  if (endpoints !== "existing" || endpointSecurityGroupIds.length > 0) return pulumi.output(undefined);
  const pairs = services.map(async (service) => [service, await lookUp.endpointGroups(service)] as const);
  return pulumi.output(Promise.all(pairs).then((found): Groups => Object.fromEntries(found)));
}

function endpointsOf(
  services: readonly string[],
  { endpoints, endpointSecurityGroupIds }: ExistingNetworkSettings,
  groups: pulumi.Output<Groups | undefined>,
): ExistingNetworkArgs["endpoints"] {
  if (endpoints === "over-internet") return endpoints;
  if (endpoints === "make") return { make: services };
  if (endpointSecurityGroupIds.length > 0) return { securityGroupIds: endpointSecurityGroupIds };
  // All have this one, or the check of the facts stops the run.
  const shared = groups.apply((found) => Object.values(found ?? {}).flatMap((ids) => ids ?? [])[0] ?? "");
  return { securityGroupIds: [shared] };
}

/** Questions to EC2 about one VPC. */
class LookUp {
  constructor(
    private readonly vpcId: string,
    private readonly placement: Placement,
    private readonly provider: aws.Provider,
    private readonly tags: AwsPlan["tags"],
  ) {}

  vpc(): Promise<aws.ec2.GetVpcResult> {
    return aws.ec2
      .getVpc({ id: this.vpcId }, this.options)
      .catch(refuse("vpcId", this.vpcId, `a VPC of ${this.placement.region}`));
  }

  /** One after the other: a dozen questions at once are throttled sooner. */
  async subnets(ids: readonly string[]): Promise<SubnetFacts[]> {
    const facts: SubnetFacts[] = [];
    for (const id of ids) facts.push(await this.subnet(id));
    return facts;
  }

  private async subnet(id: string): Promise<SubnetFacts> {
    const { availabilityZone } = await aws.ec2
      .getSubnet({ id, vpcId: this.vpcId }, this.options)
      .catch(refuse("subnetIds", id, `a subnet of ${this.vpcId}`));
    // Without a table of its own a subnet has the VPC's main one, which EC2 does not name here.
    const table = await aws.ec2.getRouteTable({ subnetId: id }, this.options).catch(() => undefined);
    return { id, zone: availabilityZone, route: table && routeOf(table.routes) };
  }

  /** Undefined where the VPC has no such endpoint, or only the one that this stack made and is about to delete. */
  endpointGroups(service: string): Promise<readonly string[] | undefined> {
    const serviceName = endpointServiceName(service, "Interface", this.placement);
    return aws.ec2.getVpcEndpoint({ vpcId: this.vpcId, serviceName }, this.options).then(
      ({ securityGroupIds, tags }) =>
        Object.entries(this.tags).every(([name, value]) => tags[name] === value) ? undefined : securityGroupIds,
      () => undefined,
    );
  }

  async prefixList(service: "s3" | "dynamodb"): Promise<string> {
    const name = endpointServiceName(service, "Gateway", this.placement);
    return (await aws.ec2.getPrefixList({ name }, this.options)).id;
  }

  private get options(): pulumi.InvokeOptions {
    return { provider: this.provider };
  }
}

function routeOf(routes: aws.ec2.GetRouteTableResult["routes"]): SubnetFacts["route"] {
  const route = routes.find(({ cidrBlock }) => cidrBlock === "0.0.0.0/0");
  if (!route) return "none";
  return route.gatewayId.startsWith("igw-") ? "internet-gateway" : "other";
}

/** A look-up that fails as a mistake of the settings, with what EC2 said. */
function refuse(key: string, value: string, allowed: string): (error: unknown) => never {
  return (error) => {
    const said = error instanceof Error ? error.message : String(error);
    throw new InvalidInput("archipelago:network", [
      { path: `archipelago:network.${key}`, value, allowed: `${allowed} (${said})`, remedy: "correct the id" },
    ]);
  };
}
