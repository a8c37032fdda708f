// Network ACLs.
import type { Cards } from "../card";
import type { Constraint, Reference } from "../../providers/core/rules";
import { failure, numberAt } from "../inputs";
import { loose, subnet, vpc } from "../references";
import { ec2, owner } from "./ec2-network";
import { blockFaults, portFaults } from "./ec2-security-groups";

const acl: Reference = { type: "aws:ec2/networkAcl:NetworkAcl" };
const RULES_PER_LIST = 20;

/** A rule of an access list has a number that is free. */
const aclRule: Constraint = function* ({ type, inputs, text }, world) {
  yield* portFaults(inputs, "protocol");
  for (const property of ["cidrBlock", "ipv6CidrBlock"]) yield* blockFaults(text(property), property);
  const number = numberAt(inputs, "ruleNumber");
  if (number !== undefined && (number < 1 || number > 32_766))
    yield failure("ruleNumber", `${number} is out of range: 1 to 32766`);
  const id = text("networkAclId");
  if (id === undefined) return;
  const others = world
    .users({ type: "aws:ec2/networkAcl:NetworkAcl", id }, type)
    .filter((other) => (other.inputs.egress === true) === (inputs.egress === true));
  if (number !== undefined && others.some((other) => numberAt(other.inputs, "ruleNumber") === number))
    yield failure("ruleNumber", `${number} is taken in ${id} (NetworkAclEntryAlreadyExists): choose a free one`);
  if (others.length >= RULES_PER_LIST)
    yield failure(
      "networkAclId",
      `${id} has ${others.length} rules of this direction, and ${RULES_PER_LIST} is the quota (NetworkAclEntryLimitExceeded): join some`,
    );
};

export const cards: Cards = {
  "aws:ec2/networkAcl:NetworkAcl": {
    source: "ec2/vpc_network_acl.go",
    references: { vpcId: vpc, "subnetIds[]": loose(subnet) },
    replaces: "vpcId",
  },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    source: "ec2/vpc_network_acl_rule.go",
    references: { networkAclId: acl },
    replaces: `
      cidrBlock egress fromPort icmpCode icmpType ipv6CidrBlock networkAclId protocol ruleAction ruleNumber
      toPort
    `,
    constraints: [aclRule],
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    id: (resource) => resource.text("defaultNetworkAclId"),
    replaces: "defaultNetworkAclId",
    computed: { arn: ec2("network-acl"), ownerId: owner, vpcId: (resource) => `vpc-0${resource.hex(16, "vpc")}` },
  },
};
