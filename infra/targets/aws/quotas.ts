// Quotas of an AWS account that a plan is counted against (infra/targets/ecs/limits.ts) and that a stack may say were raised (settings.ts).

/** A quota that AWS raises on request: its default, its name in Service Quotas, and the page that publishes both. */
interface Quota {
  readonly value: number;
  readonly called: string;
  readonly page: string;
}

const BALANCER = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const VPC = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/** The quotas that a plan is counted against. */
export const QUOTAS = {
  rulesPerSecurityGroup: { value: 60, called: "Inbound or outbound rules per security group", page: VPC },
  rulesPerBalancer: { value: 100, called: "Rules per Application Load Balancer", page: BALANCER },
  targetGroupsPerBalancer: { value: 100, called: "Target Groups per Application Load Balancer", page: BALANCER },
  targetsPerBalancer: { value: 1000, called: "Targets per Application Load Balancer", page: BALANCER },
  interfaceEndpointsPerVpc: { value: 50, called: "Interface VPC endpoints per VPC", page: VPC },
  networkInterfaces: { value: 5000, called: "Network interfaces per Region", page: VPC },
  securityGroups: { value: 2500, called: "VPC security groups per Region", page: VPC },
  roles: { value: 1000, called: "Roles per account", page: IAM },
} as const satisfies Readonly<Record<string, Quota>>;
