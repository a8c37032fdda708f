// Orders that the cloud needs although no value passes: each with its reason, and where the reason is documented.

/** One such order, between types; it counts where a program declares it. */
export interface Ordering {
  readonly before: string;
  readonly after: string;
  readonly reason: string;
  readonly documentation: string;
}

const ecs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const service = "aws:ecs/service:Service";
const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";

/** All of them, by what waits. */
export const orderings: readonly Ordering[] = [
  {
    before: "aws:lb/listenerRule:ListenerRule",
    after: service,
    reason: "a service is refused whose target group no load balancer has yet",
    documentation: `${ecs}/alb.html`,
  },
  {
    before: "aws:iam/rolePolicy:RolePolicy",
    after: service,
    reason: "tasks that start before their roles' rights can't pull their image, write logs or reach what they use",
    documentation: `${ecs}/task_execution_IAM_role.html`,
  },
  {
    before: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    after: service,
    reason: "tasks that start before what they call lets them in fail their first health checks",
    documentation: `${ecs}/deployment-circuit-breaker.html`,
  },
  {
    before: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    after: service,
    reason: "tasks that start before they may connect can't pull their image",
    documentation: `${ecs}/task_cannot_pull_image.html`,
  },
  {
    before: "aws:ec2/vpcEndpoint:VpcEndpoint",
    after: service,
    reason:
      "tasks that start before the endpoints can't pull their image or write logs in a subnet that relies on them",
    documentation: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
  },
  {
    before: "aws:ec2/route:Route",
    after: service,
    reason: "tasks that start before their way to the internet fail to reach what they need there",
    documentation: `${ecs}/networking-outbound.html`,
  },
  {
    before: "aws:rds/clusterInstance:ClusterInstance",
    after: service,
    reason: "nothing answers at a cluster's endpoint until it has an instance",
    documentation: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html",
  },
  {
    before: "aws:rds/clusterInstance:ClusterInstance",
    after: "aws:lambda/invocation:Invocation",
    reason: "nothing answers at a cluster's endpoint until it has an instance",
    documentation: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html",
  },
  {
    before: "aws:iam/rolePolicy:RolePolicy",
    after: "aws:lambda/function:Function",
    reason: "a function is refused in a VPC, and with a dead-letter queue, while its role has no rights to them",
    documentation: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
  },
  {
    before: "aws:lambda/invocation:Invocation",
    after: service,
    reason: "a service can't sign in before the function has made its user",
    documentation: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html",
  },
  ...[service, taskDefinition].map((after) => ({
    before: service,
    after,
    reason: "only tasks that start after a service's deployment resolve its name in Service Connect",
    documentation: `${ecs}/service-connect-concepts-deploy.html`,
  })),
  {
    before: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
    after: service,
    reason: "a service is refused whose capacity providers its cluster does not have yet",
    documentation: `${ecs}/cluster-capacity-providers.html`,
  },
  {
    before: "aws:acm/certificateValidation:CertificateValidation",
    after: "aws:lb/listener:Listener",
    reason: "a listener is refused whose certificate has not been issued yet",
    documentation:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
  },
  {
    before: "aws:s3/bucketPolicy:BucketPolicy",
    after: "aws:lb/loadBalancer:LoadBalancer",
    reason:
      "a load balancer tries the bucket of its access logs when it is told of it, and is refused without the right",
    documentation: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
  },
  {
    before: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    after: "aws:rds/instance:Instance",
    reason: "enhanced monitoring is refused when its role has no rights yet",
    documentation: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html",
  },
  ...["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"].map((after) => ({
    before: "aws:cloudwatch/logGroup:LogGroup",
    after,
    reason: "a database that exports logs makes their group itself when there is none, without key or retention",
    documentation:
      "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
  })),
];
