// Changes of networks, load balancers and gateways that replace only at times (CustomizeDiff of the real provider's resources).
import type { TypeRule } from "../core/rules";
import { hasUnknown, isObject, same, type Value, type Values } from "../core/values";
import { RULE_SOURCES } from "../schema/source/network";

type When = NonNullable<TypeRule["replacesWhen"]>[string];

/** User data starts a machine once: by default, a new text waits for the next start. */
const withNewData: When = (_, { userDataReplaceOnChange }) => userDataReplaceOnChange === true;

/** A version by its number; what `$Latest` stands for, nobody here knows. */
const numbered: When = (_, { launchTemplate: template }) =>
  isObject(template) && typeof template.version === "string" && /^\d+$/.test(template.version);

const COGNITO = "COGNITO_USER_POOLS";

const itemsOf = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];
const kindOf = ({ loadBalancerType }: Values): Value => loadBalancerType ?? "application";

/** Items of one list that the other has too. */
function shared(one: readonly Value[], other: readonly Value[]): number {
  return one.filter((item) => other.some((each) => same(each, item))).length;
}

/** A network load balancer takes more subnets, and gives none away. */
const subnets: When = (olds, news) =>
  kindOf(news) === "network" &&
  !hasUnknown(news.subnets) &&
  itemsOf(news.subnets).length <= itemsOf(olds.subnets).length;

/** Mappings come or, with an application load balancer, go; none of those that stay changes. */
const mappings: When = (olds, news) => {
  const [kind, before, after] = [kindOf(news), itemsOf(olds.subnetMappings), itemsOf(news.subnetMappings)];
  if (hasUnknown(news.subnetMappings) || (kind !== "network" && kind !== "application")) return false;
  if (after.length > before.length) return shared(before, after) < before.length;
  return kind === "network" || after.length === before.length || shared(before, after) < after.length;
};

/** A network load balancer has security groups from the beginning or never. */
const groups: When = (olds, news) =>
  kindOf(news) === "network" &&
  !hasUnknown(news.securityGroups) &&
  (itemsOf(olds.securityGroups).length === 0) !== (itemsOf(news.securityGroups).length === 0);

const sourceOf = (rule: Values): string | undefined => RULE_SOURCES.find((name) => rule[name] !== undefined);

/** A rule of a security group takes another source of the same kind only. */
const byOtherSource = Object.fromEntries(
  RULE_SOURCES.map((name): [string, When] => [name, (olds, news) => sourceOf(olds) !== sourceOf(news)]),
);

export const replacingTraffic: Readonly<Record<string, NonNullable<TypeRule["replacesWhen"]>>> = {
  "aws:apigateway/authorizer:Authorizer": {
    type: ({ type: old }, { type: now }) => old === COGNITO || now === COGNITO,
  },
  "aws:ec2/instance:Instance": {
    "launchTemplate.version": numbered,
    userData: withNewData,
    userDataBase64: withNewData,
  },
  "aws:ec2/subnet:Subnet": {
    ipv6CidrBlock: ({ assignIpv6AddressOnCreation }) => assignIpv6AddressOnCreation === true,
  },
  "aws:ec2/vpc:Vpc": {
    // The way back to shared hardware is open; the other one is not.
    instanceTenancy: ({ instanceTenancy: old }, { instanceTenancy: now }) =>
      old !== "dedicated" || (now ?? "default") !== "default",
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    privateDnsEnabled: (_, { vpcEndpointType }) => vpcEndpointType !== "Interface",
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": byOtherSource,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": byOtherSource,
  "aws:lb/loadBalancer:LoadBalancer": { securityGroups: groups, subnetMappings: mappings, subnets },
};
