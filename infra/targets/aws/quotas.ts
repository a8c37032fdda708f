// Quotas of an AWS account that a plan is counted against (infra/targets/ecs/limits.ts) and that a stack may say were raised (settings.ts).
import type { Problem } from "../../../components/kit/problems";

/** A quota that AWS raises on request: its default, its name in Service Quotas, and the page that publishes both. */
interface Quota {
  readonly value: number;
  readonly called: string;
  readonly page: string;
}

const BALANCER = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html";
const VPC = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html";
const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";

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
  functionConcurrency: { value: 1000, called: "Concurrent executions", page: LAMBDA },
} as const satisfies Readonly<Record<string, Quota>>;

/** What is needed of a quota, and for what. */
export interface Need {
  readonly quota: keyof typeof QUOTAS;
  readonly count: number;
  readonly what: string;
}

/** Every quota of which more is needed than the account has: AWS's default, or what a stack says was raised. */
export function quotasExceeded(
  needs: readonly Need[],
  raised: Readonly<Partial<Record<Need["quota"], number | undefined>>>,
): Problem[] {
  return needs.flatMap(({ quota, count, what }): Problem[] => {
    const { value, called, page } = QUOTAS[quota];
    const limit = raised[quota] ?? value;
    if (count <= limit) return [];
    return [
      {
        path: `archipelago:quotas.${quota}`,
        value: `${count} for ${what}`,
        allowed: `${limit}${raised[quota] === undefined ? ", AWS's default" : ""} (${page})`,
        remedy: `ask AWS to raise "${called}" in Service Quotas, then set archipelago:quotas.${quota} to what it grants`,
      },
    ];
  });
}
