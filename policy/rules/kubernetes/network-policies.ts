// Rules on NetworkPolicies: no wider access than named peers.
import { isAnywhere } from "../network/cidr";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, isList, isMissing, isObject, UNKNOWN, type Value } from "../value";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

export const networkPolicyRules: readonly Rule[] = [
  propertyRule({
    id: "disallow-open-network-policy",
    title: "Network policies name who may connect",
    description: "A network policy does not let everybody in.",
    severity: "medium",
    controls: ["CIS-K8S 5.3.2", "NIST-800-53 SC-7"],
    remediation: "set from of each ingress rule to pods, namespaces or ranges",
    property: { [POLICY]: "spec.ingress[*]" },
    must: { words: "named peers", accepts: (rule) => !isOpenPeer(rule, "from") },
  }),
  propertyRule({
    id: "disallow-open-network-policy-egress",
    title: "Network policies name what may be called",
    description: "A network policy does not let pods call everything.",
    severity: "medium",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set to of each egress rule to pods, namespaces or ranges, or name its ports",
    property: { [POLICY]: "spec.egress[*]" },
    must: {
      words: "named peers, or ports",
      accepts: (rule) => !isOpenPeer(rule, "to") || !isMissing(at(rule, "ports")),
    },
  }),
];

/** Whether a rule of a NetworkPolicy has no peer, or a peer that selects everything. */
function isOpenPeer(rule: Value, side: "from" | "to"): boolean {
  if (!isObject(rule)) return false;
  const peers = at(rule, side);
  if (peers === UNKNOWN) return false;
  if (isMissing(peers)) return true;
  return (
    isList(peers) &&
    peers.some(
      (peer) => (isAnywhere(at(peer, "ipBlock.cidr")) && isMissing(at(peer, "ipBlock.except"))) || isEverywhere(peer),
    )
  );
}

/** Whether a peer is every namespace and every pod. */
function isEverywhere(peer: Value): boolean {
  if (!isObject(peer)) return false;
  const empty = (value: Value): boolean => isObject(value) && Object.keys(value).length === 0;
  return (
    empty(peer.namespaceSelector) && (isMissing(peer.podSelector) || empty(peer.podSelector)) && isMissing(peer.ipBlock)
  );
}
