/**
 * A program with six types of which a platform has many, in equal parts; it uses no output that an empty provider does not have.
 *
 * @param resources how many, a multiple of six
 */
export function manyResources(resources: number): string {
  return `
const aws = require("@pulumi/aws");
const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [
  { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } } ] });
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
for (let index = 0; index < ${resources / 6}; index++) {
  const tags = { Index: String(index) };
  const group = new aws.ec2.SecurityGroup("group-" + index, { vpcId: vpc.id, description: "group", tags });
  new aws.vpc.SecurityGroupEgressRule("rule-" + index,
    { securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16", tags });
  new aws.sqs.Queue("queue-" + index, { visibilityTimeoutSeconds: 60, tags });
  new aws.sns.Topic("topic-" + index, { displayName: "Topic", tags });
  new aws.iam.Role("role-" + index, { assumeRolePolicy, tags });
  new aws.cloudwatch.LogGroup("logs-" + index, { retentionInDays: 30, tags });
}
`;
}
