// OpenSearch: domains.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { type Value, isObject } from "../../providers/core/values";
import { UPPER } from "../identifiers";
import { When, asText, failure, numberAt, objectAt } from "../inputs";
import { knownZones } from "../vpcs";

/** Options that can be turned on in place and never off again. */
const turnedOff =
  (block: string): When =>
  (olds, news) => {
    const [before, after] = [olds[block], news[block]].map((value) => isObject(value) && value.enabled === true);
    return before === true && after !== true;
  };

/** A domain that is aware of zones has a subnet and nodes for each. */
const domainZones: Constraint = function* ({ inputs }, world) {
  const cluster = objectAt(inputs, "clusterConfig");
  const pairs = knownZones(world, inputs, "vpcOptions.subnetIds");
  const aware = cluster.zoneAwarenessEnabled === true;
  const unsaid: Value = cluster.zoneAwarenessEnabled ?? false;
  const wanted = numberAt(objectAt(cluster, "zoneAwarenessConfig"), "availabilityZoneCount") ?? 2;
  if (aware && wanted !== 2 && wanted !== 3)
    yield failure("clusterConfig.zoneAwarenessConfig.availabilityZoneCount", `${wanted} is not offered: 2 or 3`);
  const nodes = numberAt(cluster, "instanceCount") ?? 1;
  if (aware && nodes < wanted)
    yield failure(
      "clusterConfig.instanceCount",
      `${nodes} nodes can't stand in ${wanted} zones (ValidationException): one for each at least`,
    );
  if (!pairs) return;
  const zones = new Set(pairs.map(([, zone]) => zone));
  if (aware && (zones.size !== wanted || pairs.length !== wanted))
    yield failure(
      "vpcOptions.subnetIds",
      `${pairs.length} subnets in ${zones.size} zones, and the domain stands in ${wanted} (ValidationException): name one subnet of each zone`,
    );
  else if (unsaid === false && pairs.length > 1)
    yield failure(
      "vpcOptions.subnetIds",
      `${pairs.length} subnets, and a domain without zone awareness takes one (ValidationException): name one, or set clusterConfig.zoneAwarenessEnabled to true`,
    );
};

export const cards: Cards = {
  "aws:opensearch/domain:Domain": {
    source: "opensearch/domain.go",
    unique: "domainName",
    policies: { accessPolicies: "resource" },
    id: (resource) => resource.arn("es", `domain/${resource.text("domainName")}`),
    computed: {
      arn: (resource) => resource.arn("es", `domain/${resource.text("domainName")}`),
      domainId: (resource) => `${resource.accountId}/${resource.text("domainName")}`,
      // Inside a VPC the host is in the form vpc-<name>-<26 characters>.<region>.es.amazonaws.com
      // (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html).
      endpoint: (resource) =>
        `vpc-${resource.text("domainName")}-${resource.token(26, UPPER).toLowerCase()}.${resource.region}.es.amazonaws.com`,
    },
    replaces: "domainName encryptAtRest.kmsKeyId vpcOptions#",
    replacesWhen: {
      "advancedSecurityOptions.enabled": turnedOff("advancedSecurityOptions"),
      "encryptAtRest.enabled": turnedOff("encryptAtRest"),
      ipAddressType: ({ ipAddressType: old }) => asText(old) === "dualstack",
      "nodeToNodeEncryption.enabled": turnedOff("nodeToNodeEncryption"),
    },
    constraints: [domainZones],
    holds: "indices",
    creation: {
      from: "15m0s",
      to: "25m0s",
      source: "https://alchemy.run/providers/aws/opensearch/domain",
    },
    deletion: { assumed: "10m0s" },
  },
  "aws:opensearch/domainPolicy:DomainPolicy": {
    policies: { accessPolicies: "resource" },
  },
};
