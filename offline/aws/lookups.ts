// Look-ups of a network. What a stack of the account made is answered from the record; any other id is believed, once, and
// recorded as somebody else's: an emulated account begins empty, and a network that a program is given was there before.
import { createHash } from "node:crypto";
import { type Account, NothingFound, type Setting } from "../providers/core/rules";
import { text, type Values } from "../providers/core/values";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

type Answer = (args: Values, setting: Setting, account: Account) => Values;

const find = (account: Account, type: string, id: string | undefined): Values | undefined => {
  const existing = account.existing(type).find((one) => one.id === id);
  return existing && { ...existing.outputs, id: existing.id };
};

/** Digits that follow from a text. */
const hex = (of: string): string => createHash("sha256").update(of).digest("hex").slice(0, 16);

export const lookUps: Readonly<Record<string, Answer>> = {
  "aws:ec2/getVpc:getVpc": ({ id }, _setting, account) => vpc(text(id) ?? "", account),
  "aws:ec2/getSubnet:getSubnet": ({ id, vpcId }, { region }, account) => {
    const [subnetId, within] = [text(id) ?? "", text(vpcId)];
    const known = find(account, SUBNET, subnetId);
    if (known && (within === undefined || known.vpcId === within)) return known;
    if (known || within === undefined || isMade(account, within))
      throw new NothingFound("no matching EC2 Subnet found");
    const nth = account.existing(SUBNET).filter(({ inputs }) => inputs.vpcId === within).length;
    const inputs = {
      vpcId: within,
      cidrBlock: (text(vpc(within, account).cidrBlock) ?? "").replace(/\.\d+\.\d+\/.*$/, `.${nth}.0/24`),
      availabilityZone: `${region}${"abcdef"[nth % 6] ?? ""}`,
    };
    account.found({ type: SUBNET, id: subnetId, inputs, outputs: { ...inputs, mapPublicIpOnLaunch: false } });
    return { ...inputs, id: subnetId, mapPublicIpOnLaunch: false };
  },
  "aws:ec2/getRouteTable:getRouteTable": ({ subnetId }, _setting, account) => {
    const association = account
      .existing("aws:ec2/routeTableAssociation:RouteTableAssociation")
      .find(({ inputs }) => inputs.subnetId === subnetId);
    const routeTableId = text(association?.inputs.routeTableId);
    if (routeTableId === undefined) throw new NothingFound("query returned no results");
    const routes = account
      .existing("aws:ec2/route:Route")
      .filter(({ inputs }) => inputs.routeTableId === routeTableId)
      .map(({ inputs }) => ({
        cidrBlock: inputs.destinationCidrBlock ?? "",
        gatewayId: inputs.gatewayId ?? "",
        natGatewayId: inputs.natGatewayId ?? "",
      }));
    return { id: routeTableId, routeTableId, routes };
  },
  "aws:ec2/getVpcEndpoint:getVpcEndpoint": ({ vpcId, serviceName }, _setting, account) => {
    const within = text(vpcId) ?? "";
    const known = account
      .existing(ENDPOINT)
      .find(({ inputs }) => inputs.vpcId === within && inputs.serviceName === serviceName);
    if (known) return { ...known.outputs, id: known.id, tags: known.outputs.tagsAll ?? {} };
    if (isMade(account, within)) throw new NothingFound("no matching EC2 VPC Endpoint found");
    const group = `sg-0${hex(`${within} endpoints`)}`;
    account.found({ type: GROUP, id: group, inputs: { vpcId: within } });
    return { id: `vpce-0${hex(`${within} ${text(serviceName) ?? ""}`)}`, securityGroupIds: [group], tags: {} };
  },
  // The addresses are of the block for documentation, RFC 5737.
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ({ id }, { region, accountId, partition }) => ({
    id: id ?? "",
    arn: `arn:${partition}:ec2:${region}:aws:prefix-list/${text(id) ?? ""}`,
    entries: ["192.0.2.0/24", "203.0.113.0/24"].map((cidr) => ({ cidr, description: "" })),
    ownerId: accountId === "" ? "" : "AWS",
  }),
  "aws:ec2/getPrefixList:getPrefixList": ({ name }) => {
    const id = `pl-${hex(text(name) ?? "").slice(0, 8)}`;
    return { id, prefixListId: id, cidrBlocks: [] };
  },
};

function vpc(id: string, account: Account): Values {
  const known = find(account, VPC, id);
  if (known) return known;
  const inputs = { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true };
  account.found({ type: VPC, id, inputs });
  return { ...inputs, id };
}

/** Whether a stack of this account made the VPC, so that all of it is recorded. */
function isMade(account: Account, id: string): boolean {
  return account.existing(VPC).some((one) => one.id === id && one.urn !== "");
}
