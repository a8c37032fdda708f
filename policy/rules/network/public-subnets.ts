// Which subnets reach the internet gateway, and so can be reached from it.
import { referred, refers } from "../relations";
import type { Stack, StackResource } from "../rule";
import { at, each } from "../value";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const SUBNETS = ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"];

/**
 * The subnets with a route to an internet gateway that a property surely names. Where the property is unknown, what
 * supplies it counts only if all of it is public.
 */
export function publicSubnetsOf(stack: Stack, resource: StackResource, path: string): readonly StackResource[] {
  const named = referred(stack, resource, path, stack.ofType(...SUBNETS));
  const open = named.filter(({ to }) => isPublic(stack, to));
  const certain = open.filter(({ link }) => link === "yes");
  return (certain.length > 0 ? certain : open.length === named.length ? open : []).map(({ to }) => to);
}

function isPublic(stack: Stack, subnet: StackResource): boolean {
  return tablesOf(stack, subnet).some((table) => reachesInternet(stack, table));
}

/** The route tables of a subnet; the main one of its network where it has none of its own. */
function tablesOf(stack: Stack, subnet: StackResource): readonly StackResource[] {
  const own = stack
    .ofType(ASSOCIATION)
    .filter((association) => refers(stack, association, "subnetId", subnet) === "yes");
  const tables = stack.ofType("aws:ec2/routeTable:RouteTable");
  const through = (associations: readonly StackResource[]) =>
    tables.filter((table) =>
      associations.some((association) => refers(stack, association, "routeTableId", table) === "yes"),
    );
  if (own.length > 0) return through(own);
  const [network] = stack
    .ofType("aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc")
    .filter((vpc) => refers(stack, subnet, "vpcId", vpc) === "yes");
  if (!network) return [];
  return through(stack.ofType(MAIN_ASSOCIATION).filter((main) => refers(stack, main, "vpcId", network) === "yes"));
}

function reachesInternet(stack: Stack, table: StackResource): boolean {
  const inline = each(table.props, "routes[*]").map(({ path }) => `${path}.gatewayId`);
  const beside = stack
    .ofType("aws:ec2/route:Route")
    .filter((route) => refers(stack, route, "routeTableId", table) === "yes");
  return (
    inline.some((path) => namesGateway(stack, table, path)) ||
    beside.some((route) => namesGateway(stack, route, "gatewayId"))
  );
}

function namesGateway(stack: Stack, holder: StackResource, path: string): boolean {
  const gateway = at(holder.props, path);
  if (typeof gateway === "string" && gateway.startsWith("igw-")) return true;
  return stack.ofType(GATEWAY).some((candidate) => refers(stack, holder, path, candidate) === "yes");
}
