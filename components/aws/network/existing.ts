// Compares the facts of an existing network with the requirements of the components. Pure.
import type { Problem } from "../../kit";
import type { ExistingNetworkArgs, NetworkFacts, SubnetFacts } from "./args";

/** Problems of an existing network; empty when it meets the requirements. */
export function factProblems(args: ExistingNetworkArgs, facts: NetworkFacts): Problem[] {
  const of = (ids: readonly string[]) => ids.flatMap((id) => facts.subnets.filter((subnet) => subnet.id === id));
  const { publicSubnetIds = [], privateSubnetIds, isolatedSubnetIds } = args;
  return [
    ...dnsProblems(facts),
    ...zoneProblems("publicSubnetIds", of(publicSubnetIds)),
    ...zoneProblems("privateSubnetIds", of(privateSubnetIds)),
    ...zoneProblems("isolatedSubnetIds", of(isolatedSubnetIds)),
    ...routeProblems("privateSubnetIds", of(privateSubnetIds), ({ route }) => route === "internet-gateway", {
      allowed: "subnets without a route to an internet gateway: tasks and load balancers have no public address",
      remedy: "name private subnets, which reach the internet by NAT or not at all",
    }),
    ...routeProblems("isolatedSubnetIds", of(isolatedSubnetIds), ({ route }) => route === "internet-gateway", {
      allowed: "subnets without a route to an internet gateway: databases and caches stand in them",
      remedy: "name other subnets, or take the route away",
    }),
    ...routeProblems(
      "privateSubnetIds",
      of(privateSubnetIds),
      ({ route }) => route === "none" && args.internetEgress !== false,
      {
        allowed: "subnets with a default route (a NAT gateway, a transit gateway): internetEgress is not false",
        remedy: "set internetEgress to false, or give the subnets a route",
      },
    ),
    ...endpointProblems(facts),
  ];
}

function dnsProblems({ dnsSupport, dnsHostnames }: NetworkFacts): Problem[] {
  if (dnsSupport && dnsHostnames) return [];
  return [
    {
      path: "vpcId",
      value: { enableDnsSupport: dnsSupport, enableDnsHostnames: dnsHostnames },
      allowed: "a VPC with both: endpoints, databases and services are found by private DNS names",
      remedy: "turn both on in the VPC",
    },
  ];
}

function zoneProblems(path: string, subnets: readonly SubnetFacts[]): Problem[] {
  return subnets.flatMap(({ id, zone }, index) => {
    const other = subnets.slice(0, index).find((before) => before.zone === zone);
    if (!other) return [];
    const allowed = `a subnet of each zone: ${zone} has ${other.id} already`;
    return [{ path, value: id, allowed, remedy: "name one of them, or a subnet of another zone" }];
  });
}

function routeProblems(
  path: string,
  subnets: readonly SubnetFacts[],
  wrong: (subnet: SubnetFacts) => boolean,
  said: Pick<Problem, "allowed" | "remedy">,
): Problem[] {
  return subnets.filter(wrong).map(({ id }) => ({ path, value: id, ...said }));
}

function endpointProblems({ endpoints = {} }: NetworkFacts): Problem[] {
  const entries = Object.entries(endpoints);
  const missing = entries.filter(([, groups]) => groups === undefined).map(([service]) => service);
  const found = entries.flatMap(([service, groups]) => (groups ? [{ service, groups }] : []));
  const [first] = found;
  const apart = found.filter(({ groups }) => !groups.some((group) => group === first?.groups[0]));
  return [
    ...missing.map((service) => ({
      path: "endpoints",
      value: service,
      allowed: "an interface endpoint with private DNS in the VPC for each service that tasks use",
      remedy: `make one for ${service} in the VPC, or let the stack make them all (endpoints: make)`,
    })),
    ...apart.map(({ service, groups }) => ({
      path: "endpointSecurityGroupIds",
      value: { [service]: groups },
      allowed: `the group that the other endpoints have: ${first?.groups[0] ?? ""}`,
      remedy: "name the groups of all endpoints in endpointSecurityGroupIds",
    })),
  ];
}
