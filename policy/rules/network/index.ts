// The rules of the pack, in the order of their names.
import type { Rule } from "../rule";
import { disallowAnonymousFunctionUrl } from "./disallow-anonymous-function-url";
import { disallowAutomaticNetworkJoins } from "./disallow-automatic-network-joins";
import { disallowDefaultSecurityGroupRules } from "./disallow-default-security-group-rules";
import { disallowDefaultVpc } from "./disallow-default-vpc";
import { disallowInstancePublicIp } from "./disallow-instance-public-ip";
import { disallowOpenEgress } from "./disallow-open-egress";
import { disallowOpenIngress } from "./disallow-open-ingress";
import { disallowOpenNetworkAclAdminPorts } from "./disallow-open-network-acl-admin-ports";
import { disallowOpenPrefixList } from "./disallow-open-prefix-list";
import { disallowOpenSensitivePorts } from "./disallow-open-sensitive-ports";
import { disallowPublicBucketAcl } from "./disallow-public-bucket-acl";
import { disallowPublicDatabase } from "./disallow-public-database";
import { disallowPublicIpOnLaunch } from "./disallow-public-ip-on-launch";
import { disallowPublicKubernetesEndpoint } from "./disallow-public-kubernetes-endpoint";
import { disallowSilentPublicLoadBalancer } from "./disallow-silent-public-load-balancer";
import { disallowStoreInPublicSubnet } from "./disallow-store-in-public-subnet";
import { disallowTaskInPublicSubnet } from "./disallow-task-in-public-subnet";
import { disallowTaskPublicIp } from "./disallow-task-public-ip";
import { disallowWebIngressOffLoadBalancer } from "./disallow-web-ingress-off-load-balancer";
import { disallowWidePortIngress } from "./disallow-wide-port-ingress";
import { edgeNetworkRules } from "./edge";
import { platformNetworkRules } from "./platforms";
import { reachRules } from "./reach";
import { requireBucketPublicAccessBlock } from "./require-bucket-public-access-block";
import { requireDefaultSecurityGroupClosed } from "./require-default-security-group-closed";
import { requireFlowLogAllTraffic } from "./require-flow-log-all-traffic";
import { requireInstanceMetadataV2 } from "./require-instance-metadata-v2";
import { requireLoadBalancerInvalidHeaderDrop } from "./require-load-balancer-invalid-header-drop";
import { requireLoadBalancerTwoSubnets } from "./require-load-balancer-two-subnets";
import { requireSecurityGroupRuleDescription } from "./require-security-group-rule-description";
import { requireStoreSubnetGroup } from "./require-store-subnet-group";
import { requireVpcFlowLog } from "./require-vpc-flow-log";
import { sharingRules } from "./sharing";

/** Every rule of the pack "network". */
export const networkRules: readonly Rule[] = [
  disallowAnonymousFunctionUrl,
  disallowAutomaticNetworkJoins,
  disallowDefaultSecurityGroupRules,
  disallowDefaultVpc,
  disallowInstancePublicIp,
  disallowOpenEgress,
  disallowOpenIngress,
  disallowOpenNetworkAclAdminPorts,
  disallowOpenPrefixList,
  disallowOpenSensitivePorts,
  disallowPublicBucketAcl,
  disallowPublicDatabase,
  disallowPublicIpOnLaunch,
  disallowPublicKubernetesEndpoint,
  disallowSilentPublicLoadBalancer,
  disallowStoreInPublicSubnet,
  disallowTaskInPublicSubnet,
  disallowTaskPublicIp,
  disallowWebIngressOffLoadBalancer,
  disallowWidePortIngress,
  requireBucketPublicAccessBlock,
  requireDefaultSecurityGroupClosed,
  requireFlowLogAllTraffic,
  requireInstanceMetadataV2,
  requireLoadBalancerInvalidHeaderDrop,
  requireLoadBalancerTwoSubnets,
  requireSecurityGroupRuleDescription,
  requireStoreSubnetGroup,
  requireVpcFlowLog,
  ...edgeNetworkRules,
  ...platformNetworkRules,
  ...reachRules,
  ...sharingRules,
];
