import { isOn } from "../encryption/keys";
import { refers } from "../relations";
import type { StackRule, StackResource, Finding } from "../rule";
import { at, each, textOf, UNKNOWN, type Value } from "../value";
import { isAnywhere } from "./cidr";

/** One entry of a list, wherever it is written. */
interface Entry {
  readonly holder: StackResource;
  readonly prefix: string;
  readonly entry: Value;
  readonly allows: boolean;
  readonly number: Value;
}

export const disallowOpenNetworkAclAdminPorts: StackRule = {
  id: "disallow-open-network-acl-admin-ports",
  title: "Network ACLs keep administration ports shut",
  description:
    "A network ACL doesn't let the whole internet in on the ports of remote administration, unless an entry before it denies them. The range 1024 to 65535 as a whole is left to the security groups: an ACL keeps no state, and NAT gateways await answers on all of it.",
  severity: "high",
  controls: ["CIS-AWS-3.0 5.1", "PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "allow the ports and ranges that are meant, or deny 22 and 3389 in an entry with a lower number",
  appliesTo: [
    "aws:ec2/networkAcl:NetworkAcl",
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    "aws:ec2/networkAclRule:NetworkAclRule",
  ],
  checkStack(stack, report) {
    const beside = stack.ofType("aws:ec2/networkAclRule:NetworkAclRule").filter(({ props }) => !isOn(props.egress));
    const acls = stack.ofType("aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
    for (const acl of acls) {
      const own = beside.filter((rule) => refers(stack, rule, "networkAclId", acl) !== "no");
      judge([...inline(acl), ...own.map(standalone)], report);
    }
    const alone = beside.filter((rule) => acls.every((acl) => refers(stack, rule, "networkAclId", acl) === "no"));
    judge(alone.map(standalone), report);
  },
};

function inline(acl: StackResource): readonly Entry[] {
  return each(acl.props, "ingress[*]").flatMap(({ path, value }) => {
    const action = at(value, "action");
    const allows = action !== "deny";
    return value === UNKNOWN || action === UNKNOWN
      ? []
      : [{ holder: acl, prefix: `${path}.`, entry: value, allows, number: at(value, "ruleNo") }];
  });
}

function standalone(rule: StackResource): Entry {
  const { props } = rule;
  return { holder: rule, prefix: "", entry: props, allows: props.ruleAction === "allow", number: props.ruleNumber };
}

/** Reports each entry that opens an administration port which no earlier entry shuts. */
function judge(entries: readonly Entry[], report: (resource: StackResource, finding: Finding) => void): void {
  for (const { holder, prefix, entry, allows, number } of entries) {
    if (!allows || isForAnswers(entry)) continue;
    for (const range of ["cidrBlock", "ipv6CidrBlock"]) {
      const found = at(entry, range);
      const shut = (port: number) =>
        entries.some(
          (other) =>
            !other.allows &&
            typeof other.number === "number" &&
            typeof number === "number" &&
            other.number < number &&
            isAnywhere(at(other.entry, range)) &&
            opens(other.entry, port),
        );
      if (!isAnywhere(found) || ![22, 3389].some((port) => opens(entry, port) && !shut(port))) continue;
      report(holder, { path: `${prefix}${range}`, found, required: "not the internet on ports 22 and 3389" });
    }
  }
}

/** Whether an entry is for answers only: every port that a NAT gateway connects from, and no other. */
function isForAnswers(entry: Value): boolean {
  return textOf(at(entry, "protocol")) !== "-1" && at(entry, "fromPort") === 1024 && at(entry, "toPort") === 65535;
}

function opens(entry: Value, port: number): boolean {
  const protocol = at(entry, "protocol");
  if (protocol === "-1" || protocol === -1 || protocol === "all") return true;
  const [from, to] = [at(entry, "fromPort"), at(entry, "toPort")];
  const tcp = ["tcp", "6"].includes(textOf(protocol).toLowerCase());
  return tcp && typeof from === "number" && typeof to === "number" && from <= port && port <= to;
}
