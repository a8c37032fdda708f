// Network access to stores, clusters, instances and endpoint services; each rule checks one property.
import { atMost, given, has, members, notMatching, on } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { isMissing } from "../value";

export const reachRules: readonly Rule[] = [
  propertyRule({
    id: "disallow-public-kafka",
    title: "Kafka has no public addresses",
    description: "The brokers of an MSK cluster are not on the internet.",
    severity: "critical",
    controls: ["FSBP MSK.4", "PCI-DSS-4.0 1.4.4", "NIST-800-53 SC-7"],
    remediation: "leave brokerNodeGroupInfo.connectivityInfo.publicAccess out",
    property: { "aws:msk/cluster:Cluster": "brokerNodeGroupInfo.connectivityInfo.publicAccess.type" },
    must: { words: '"DISABLED"', accepts: (value) => isMissing(value) || value === "DISABLED" },
  }),
  propertyRule({
    id: "require-search-domain-vpc",
    title: "Search domains are in a network",
    description: "A search domain is in a VPC, not on the internet.",
    severity: "critical",
    controls: ["FSBP Opensearch.2", "FSBP ES.2", "PCI-DSS-4.0 1.4.4", "NIST-800-53 SC-7"],
    remediation: "set vpcOptions with private subnets; this replaces the domain",
    property: inTypes("vpcOptions.subnetIds", "aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"),
    must: given,
  }),
  propertyRule({
    id: "require-warehouse-vpc-routing",
    title: "Redshift copies through the network",
    description: "A Redshift cluster or workgroup sends what it copies and unloads through the VPC.",
    severity: "medium",
    controls: ["FSBP Redshift.7", "FSBP RedshiftServerless.1", "NIST-800-53 SC-7"],
    remediation: "set enhancedVpcRouting to true",
    property: inTypes(
      "enhancedVpcRouting",
      "aws:redshift/cluster:Cluster",
      "aws:redshiftserverless/workgroup:Workgroup",
    ),
    must: on,
  }),
  propertyRule({
    id: "require-warehouse-subnet-group",
    title: "Redshift names its subnets",
    description: "A Redshift cluster names the subnets that it lives in.",
    severity: "high",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set clusterSubnetGroupName",
    property: { "aws:redshift/cluster:Cluster": "clusterSubnetGroupName" },
    must: given,
  }),
  propertyRule({
    id: "disallow-metadata-hops",
    title: "Instance metadata stays on the instance",
    description:
      "The answer of the instance metadata service travels one hop, so that no container behind the host gets it.",
    severity: "medium",
    controls: ["FSBP EC2.170", "NIST-800-53 AC-6"],
    remediation: "leave metadataOptions.httpPutResponseHopLimit out, or set it to 1",
    property: inTypes(
      "metadataOptions.httpPutResponseHopLimit",
      "aws:ec2/instance:Instance",
      "aws:ec2/launchTemplate:LaunchTemplate",
      "aws:ec2/launchConfiguration:LaunchConfiguration",
      "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    ),
    must: atMost(1),
  }),
  propertyRule({
    id: "require-endpoint-service-acceptance",
    title: "Endpoint services accept each consumer",
    description: "A connection to an endpoint service is accepted by somebody.",
    severity: "medium",
    controls: ["NIST-800-53 AC-3", "NIST-800-53 SC-7"],
    remediation: "set acceptanceRequired to true",
    property: { "aws:ec2/vpcEndpointService:VpcEndpointService": "acceptanceRequired" },
    must: on,
  }),
  propertyRule({
    id: "disallow-open-endpoint-service",
    title: "Endpoint services name their consumers",
    description: "An endpoint service is offered to named principals, not to everybody.",
    severity: "high",
    controls: ["NIST-800-53 AC-3"],
    remediation: "name the accounts in allowedPrincipals",
    property: {
      "aws:ec2/vpcEndpointService:VpcEndpointService": "allowedPrincipals[*]",
      "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": "principalArn",
    },
    must: notMatching("a named principal", /^\*$/),
  }),
  propertyRule({
    id: "require-firewall-default-drop",
    title: "Network firewalls drop what no rule names",
    description: "A firewall policy does not let packets or fragments pass for which it has no stateless rule.",
    severity: "medium",
    controls: ["FSBP NetworkFirewall.4", "FSBP NetworkFirewall.5", "NIST-800-53 SC-7"],
    remediation: "set statelessDefaultActions and statelessFragmentDefaultActions to aws:drop or aws:forward_to_sfe",
    property: {
      "aws:networkfirewall/firewallPolicy:FirewallPolicy": [
        "firewallPolicy.statelessDefaultActions[*]",
        "firewallPolicy.statelessFragmentDefaultActions[*]",
      ],
    },
    must: notMatching('"aws:drop" or "aws:forward_to_sfe"', /^aws:pass$/),
  }),
  propertyRule({
    id: "require-firewall-rule-groups",
    title: "Firewall policies have rules",
    description: "A firewall policy has a rule group.",
    severity: "medium",
    controls: ["FSBP NetworkFirewall.3", "NIST-800-53 SC-7"],
    remediation: "name a stateful or stateless rule group",
    property: {
      "aws:networkfirewall/firewallPolicy:FirewallPolicy":
        "firewallPolicy.statefulRuleGroupReferences | firewallPolicy.statelessRuleGroupReferences",
    },
    must: members(1),
  }),
  propertyRule({
    id: "require-node-access-group",
    title: "Nodes are reached by named groups",
    description:
      "Where the nodes of EKS have an SSH key, named security groups may connect: without them it is the whole internet.",
    severity: "high",
    controls: ["NIST-800-53 SC-7", "PCI-DSS-4.0 1.3.1"],
    remediation: "set remoteAccess.sourceSecurityGroupIds, or leave remoteAccess out",
    property: { "aws:eks/nodeGroup:NodeGroup": "remoteAccess.sourceSecurityGroupIds" },
    where: has("remoteAccess.ec2SshKey"),
    must: given,
  }),
  propertyRule({
    id: "require-private-kubernetes-endpoint",
    title: "EKS is reached from the network",
    description: "The API of a cluster has a private endpoint, so that nodes do not go over the internet.",
    severity: "medium",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set vpcConfig.endpointPrivateAccess to true",
    property: { "aws:eks/cluster:Cluster": "vpcConfig.endpointPrivateAccess" },
    must: on,
  }),
];
