import { expect } from "chai";
import type { Emulation, Finding } from "../../../offline/providers/core/emulation";
import type { Values } from "../../../offline/providers/core/values";
import { provider } from "../providers/support";
import { type Case, judged, last as lastOf } from "./constraints/cases";

const ELB = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";
const ALB = `${ELB}:loadbalancer/app/shop/1`;
const NLB = `${ELB}:loadbalancer/net/shop/2`;
const LISTENER = `${ELB}:listener/app/shop/1/3`;
const TARGETS = (name: string): string => `${ELB}:targetgroup/${name}/1`;
const SQS = "arn:aws:sqs:eu-central-1:111122223333";
const QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/111122223333/orders";
const json = JSON.stringify;
const allow = (more: object): string => json({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
const trust = (Service: string): string => allow({ Action: "sts:AssumeRole", Principal: { Service } });
const container = { name: "app", image: "app:1", portMappings: [{ containerPort: 8080 }] };
const task = {
  family: "f",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: json([container]),
};

/** What stands in the cloud of these specs. */
const WORLD: readonly Finding[] = [
  { type: "aws:ec2/vpc:Vpc", id: "vpc-1", inputs: { cidrBlock: "10.0.0.0/16" } },
  { type: "aws:ec2/vpc:Vpc", id: "vpc-2", inputs: { cidrBlock: "10.1.0.0/16" } },
  ...[
    ["subnet-a", "vpc-1", "10.0.0.0/24", "eu-central-1a"],
    ["subnet-a2", "vpc-1", "10.0.1.0/24", "eu-central-1a"],
    ["subnet-b", "vpc-1", "10.0.2.0/24", "eu-central-1b"],
    ["subnet-other", "vpc-2", "10.1.0.0/24", "eu-central-1b"],
  ].map(([id = "", vpcId = "", cidrBlock = "", availabilityZone = ""]) => ({
    ...{ type: "aws:ec2/subnet:Subnet", id },
    inputs: { vpcId, cidrBlock, availabilityZone },
  })),
  { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-1", inputs: { vpcId: "vpc-1" } },
  { type: "aws:ec2/securityGroup:SecurityGroup", id: "sg-2", inputs: { vpcId: "vpc-2" } },
  { type: "aws:ec2/routeTable:RouteTable", id: "rtb-1", inputs: { vpcId: "vpc-1" } },
  { type: "aws:ec2/internetGateway:InternetGateway", id: "igw-1", inputs: { vpcId: "vpc-1" } },
  { type: "aws:lb/loadBalancer:LoadBalancer", id: ALB, inputs: { loadBalancerType: "application" } },
  { type: "aws:lb/loadBalancer:LoadBalancer", id: NLB, inputs: { loadBalancerType: "network" } },
  { type: "aws:lb/listener:Listener", id: LISTENER, inputs: { loadBalancerArn: ALB, port: 80, protocol: "HTTP" } },
  { type: "aws:lb/targetGroup:TargetGroup", id: TARGETS("tcp"), inputs: { protocol: "TCP", targetType: "ip" } },
  {
    type: "aws:lb/targetGroup:TargetGroup",
    id: TARGETS("instance"),
    inputs: { protocol: "HTTP", targetType: "instance" },
  },
  { type: "aws:lb/targetGroup:TargetGroup", id: TARGETS("ip"), inputs: { protocol: "HTTP", targetType: "ip" } },
  { type: "aws:iam/role:Role", id: "flow", inputs: { assumeRolePolicy: trust("vpc-flow-logs.amazonaws.com") } },
  { type: "aws:iam/role:Role", id: "task", inputs: { assumeRolePolicy: trust("ecs-tasks.amazonaws.com") } },
  { type: "aws:sqs/queue:Queue", id: QUEUE_URL, inputs: { name: "orders" } },
  { type: "aws:sqs/queue:Queue", id: `${QUEUE_URL}.fifo`, inputs: { name: "orders.fifo", fifoQueue: true } },
  { type: "aws:sns/topic:Topic", id: "arn:aws:sns:eu-central-1:111122223333:orders", inputs: { name: "orders" } },
  { type: "aws:ecs/cluster:Cluster", id: "arn:aws:ecs:eu-central-1:111122223333:cluster/c", inputs: { name: "c" } },
  { type: "aws:ecs/taskDefinition:TaskDefinition", id: "f", inputs: task },
  { type: "aws:elasticache/subnetGroup:SubnetGroup", id: "one-zone", inputs: { subnetIds: ["subnet-a", "subnet-a2"] } },
  { type: "aws:elasticache/subnetGroup:SubnetGroup", id: "two-zones", inputs: { subnetIds: ["subnet-a", "subnet-b"] } },
];

function cloud(): Emulation {
  const aws = provider();
  for (const existing of WORLD) aws.found(existing);
  return aws;
}

const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.9.0/24", availabilityZone: "eu-central-1a" };
const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16" };
const network = { subnets: ["subnet-a", "subnet-b"], securityGroups: ["sg-1"] };
const service = {
  cluster: "arn:aws:ecs:eu-central-1:111122223333:cluster/c",
  taskDefinition: "arn:aws:ecs:eu-central-1:111122223333:task-definition/f:1",
  launchType: "FARGATE",
  networkConfiguration: network,
};
const behind = (more: object) => ({
  loadBalancers: [{ targetGroupArn: TARGETS("ip"), containerName: "app", containerPort: 8080, ...more }],
});
const cache = { replicationGroupId: "g", description: "d", automaticFailoverEnabled: true, numCacheClusters: 2 };
const zones = "eu-central-1a, eu-central-1b, eu-central-1c";

const CASES: readonly Case[] = [
  ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, [
    [{ cidrBlock: "10.0.0.0/8" }, 'cidrBlock: "10.0.0.0/8" is a /8: AWS takes /16 to /28 (InvalidVpc.Range)'],
    [{ cidrBlock: "10.0.0.0" }, 'cidrBlock: "10.0.0.0" is not an IPv4 CIDR block, such as 10.0.0.0/16'],
    [{ cidrBlock: "10.0.0.7/24" }, 'cidrBlock: "10.0.0.7/24" has bits behind its mask: write 10.0.0.0/24'],
  ]],
  ["aws:ec2/subnet:Subnet", subnet, [
    [{ vpcId: "vpc-9" }, 'vpcId: no aws:ec2/vpc:Vpc "vpc-9" exists in this account and region: create it first, or name one that exists'],
    [{ cidrBlock: "10.7.0.0/24" }, `cidrBlock: "10.7.0.0/24" is outside the VPC's 10.0.0.0/16 (InvalidSubnet.Range): choose a block within it`],
    [{ cidrBlock: "10.0.2.128/25" }, 'cidrBlock: "10.0.2.128/25" overlaps 10.0.2.0/24 of subnet-b (InvalidSubnet.Conflict): choose a free block'],
    [{ availabilityZone: "eu-central-1q" }, `availabilityZone: "eu-central-1q" is not a zone of eu-central-1: it has ${zones}`],
    [{ availabilityZone: "us-east-1a" }, `availabilityZone: "us-east-1a" is not a zone of eu-central-1: it has ${zones}`],
  ]],
  ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule, [
    [{ fromPort: 500 }, "fromPort: 500 is above toPort 443: write the lower port first"],
    [{ cidrIpv4: null, referencedSecurityGroupId: "sg-2" }, 'referencedSecurityGroupId: "sg-2" is in vpc-2, sg-1 in vpc-1: name a group of the same VPC'],
  ]],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.sqs", vpcEndpointType: "Interface", subnetIds: ["subnet-a"], securityGroupIds: ["sg-1"] }, [
    [{ subnetIds: ["subnet-other"] }, 'subnetIds[0]: "subnet-other" is in vpc-2, the endpoint in vpc-1: name a subnet of the same VPC'],
  ]],
  ["aws:ec2/route:Route", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }, [
    [{ gatewayId: null, natGatewayId: "nat-1" }, 'natGatewayId: no aws:ec2/natGateway:NatGateway "nat-1" exists in this account and region: create it first, or name one that exists'],
  ]],
  ["aws:lb/loadBalancer:LoadBalancer", { name: "shop", ...network }, [
    [{ name: "a-name-that-is-longer-than-thirty-two" }, 'name: "a-name-that-is-longer-than-thirty-two" has 37 characters, and 32 is the limit: shorten it'],
    [{ name: "shop_1" }, 'name: "shop_1": letters, digits and inner hyphens are allowed'],
    [{ name: "internal-shop" }, 'name: "internal-shop": "internal-" is not allowed at the start'],
    [{ subnets: ["subnet-a"] }, "subnets: an application load balancer needs subnets in two zones at least, and has eu-central-1a"],
    [{ subnets: ["subnet-a", "subnet-other"] }, 'subnets[1]: "subnet-other" is in vpc-2, "subnet-a" in vpc-1: name subnets of one VPC'],
    [{ subnets: ["subnet-a", "subnet-a2", "subnet-b"] }, "subnets: two subnets are in eu-central-1a: a load balancer takes one a zone"],
    [{ securityGroups: ["sg-2"] }, 'securityGroups[0]: "sg-2" belongs to vpc-2, the subnets to vpc-1: name a security group of the same VPC'],
  ]],
  ["aws:lb/listener:Listener", { loadBalancerArn: ALB, port: 8080, protocol: "HTTP", defaultActions: [{ type: "fixed-response" }] }, [
    [{ port: 80 }, "port: port 80 of this load balancer has a listener already (DuplicateListener): choose another"],
    [{ protocol: "HTTPS" }, "certificateArn: a listener of HTTPS needs a certificate: give the ARN of one of this region"],
    [{ protocol: "HTTPS", certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1" }, "certificateArn: the certificate is of us-east-1, the load balancer of eu-central-1: request one in eu-central-1"],
    [{ protocol: "TCP" }, 'protocol: "TCP": an application load balancer listens for HTTP or HTTPS'],
    [{ defaultActions: [{ type: "forward", targetGroupArn: TARGETS("tcp") }] }, "defaultActions[0].targetGroupArn: the target group speaks TCP: an application load balancer forwards to HTTP or HTTPS"],
  ]],
  ["aws:lb/listenerRule:ListenerRule", { listenerArn: LISTENER, priority: 100, actions: [{ type: "forward", targetGroupArn: TARGETS("ip") }], conditions: [] }, [
    [{ priority: 50_001 }, "priority: 50001 is out of range: 1 to 50000"],
    [{ actions: [{ type: "jwt-validation" }, { type: "forward", targetGroupArn: TARGETS("ip") }] }, "actions[0].type: tokens are validated by listeners of HTTPS only: give the listener a certificate"],
    [{ listenerArn: `${LISTENER}9` }, `listenerArn: no aws:lb/listener:Listener "${LISTENER}9" exists in this account and region: create it first, or name one that exists`],
  ]],
  ["aws:lb/targetGroup:TargetGroup", { name: "tg", port: 80, protocol: "HTTP", vpcId: "vpc-1" }, [
    [{ vpcId: null }, "vpcId: a target group of instance targets needs it"],
    [{ slowStart: 30, loadBalancingAlgorithmType: "least_outstanding_requests" }, "slowStart: tasks are warmed up with round_robin only: leave it out, or choose that algorithm"],
  ]],
  ["aws:apigateway/vpcLink:VpcLink", { name: "l", targetArn: NLB }, [
    [{ targetArn: ALB }, `targetArn: "${ALB}" is not a network load balancer, and a REST API reaches no other: put one before it, or use an HTTP API`],
  ]],
  ["aws:ec2/flowLog:FlowLog", { vpcId: "vpc-1", trafficType: "ALL", iamRoleArn: "arn:aws:iam::111122223333:role/flow" }, [
    [{ iamRoleArn: "arn:aws:iam::111122223333:role/task" }, "iamRoleArn: vpc-flow-logs.amazonaws.com can't assume role task: its trust policy must allow sts:AssumeRole to this service"],
  ]],
  ["aws:iam/rolePolicy:RolePolicy", { role: "task", policy: allow({ Action: ["sqs:SendMessage", "s3:Get*"], Resource: "*" }) }, [
    [{ policy: "{" }, "policy: is not JSON: write the document with JSON.stringify"],
    [{ policy: allow({ Action: "sqs:SendMesage", Resource: "*" }) }, 'policy.Statement[0].Action: "sqs:SendMesage": sqs has no such action'],
    [{ policy: allow({ Action: "sqz:SendMessage", Resource: "*" }) }, 'policy.Statement[0].Action: "sqz:SendMessage": AWS has no service with the prefix "sqz"'],
    [{ policy: allow({ Action: ["s3:Gett*"], Resource: "*" }) }, 'policy.Statement[0].Action[0]: "s3:Gett*" matches no action of s3'],
    [{ policy: allow({ Actions: "sqs:*", Resource: "*" }) }, 'policy.Statement[0].Actions: unknown element "Actions": one of Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition', "policy.Statement[0].Action: is missing: a statement of this policy needs Action or NotAction"],
    [{ policy: allow({ Action: "sqs:*" }) }, "policy.Statement[0].Resource: is missing: a statement of this policy needs Resource or NotResource"],
    [{ policy: allow({ Action: "sqs:*", Resource: "*", Principal: "*" }) }, "policy.Statement[0].Principal: an identity's policy names no principal, it is the identity's own: leave it out"],
    [{ policy: json({ Statement: [{ Effect: "allow", Action: "sqs:*", Resource: "*" }] }) }, 'policy.Statement[0].Effect: "allow" is not "Allow" or "Deny"'],
    [{ policy: allow({ Action: "sqs:*", Resource: "*", Condition: { StringEqual: {} } }) }, "policy.Statement[0].Condition.StringEqual: unknown condition operator: such as StringEquals or ArnLike"],
    [{ policy: allow({ Action: "sqs:*", Resource: `arn:aws:sqs:::${"x".repeat(10_286)}` }) }, "policy: the inline policies of role task have 10388 characters together, and 10240 is the quota (LimitExceeded): move some into a managed policy"],
  ]],
  ["aws:iam/policy:Policy", { name: "p", policy: allow({ Action: "sqs:*", Resource: "*" }) }, [
    [{ policy: allow({ Action: "sqs:*", Resource: `arn:aws:sqs:::${"x".repeat(6086)}` }) }, "policy: 6188 characters, and a managed policy may have 6144 (LimitExceeded): split it, or name less"],
  ]],
  ["aws:iam/role:Role", { name: "r", assumeRolePolicy: trust("lambda.amazonaws.com") }, [
    [{ assumeRolePolicy: allow({ Action: "sts:AssumeRole" }) }, "assumeRolePolicy.Statement[0].Principal: is missing: a statement of this policy needs Principal or NotPrincipal"],
  ]],
  ["aws:kms/key:Key", { policy: allow({ Action: "kms:*", Resource: "*", Principal: { AWS: "arn:aws:iam::111122223333:root" } }) }, [
    [{ policy: allow({ Action: "kms:Decrypt", Resource: "*", Principal: "*" }) }, "policy: nobody of account 111122223333 may change this key's policy any more (MalformedPolicyDocumentException): allow kms:* to the account's root"],
  ]],
  ["aws:sqs/queue:Queue", { name: "q", redrivePolicy: json({ deadLetterTargetArn: `${SQS}:orders`, maxReceiveCount: 3 }) }, [
    [{ name: "q.fifo", redrivePolicy: null }, 'fifoQueue: "q.fifo" is a FIFO name: set fifoQueue to true, or choose a name without ".fifo"'],
    [{ fifoQueue: true, redrivePolicy: null }, 'name: "q": the name of a FIFO queue ends in ".fifo"'],
    [{ redrivePolicy: json({ deadLetterTargetArn: `${SQS}:orders.fifo`, maxReceiveCount: 3 }) }, "redrivePolicy.deadLetterTargetArn: a FIFO one can't hold the dead letters of a standard queue: name a queue of the same kind"],
    [{ redrivePolicy: json({ deadLetterTargetArn: `${SQS}:orders`, maxReceiveCount: 0 }) }, "redrivePolicy.maxReceiveCount: 0 is out of range: 1 to 1000"],
    [{ redrivePolicy: json({ deadLetterTargetArn: `${SQS}:nobody`, maxReceiveCount: 3 }) }, `redrivePolicy: no aws:sqs/queue:Queue "${json({ deadLetterTargetArn: `${SQS}:nobody`, maxReceiveCount: 3 })}" exists in this account and region: create it first, or name one that exists`],
    [{ visibilityTimeoutSeconds: 50_000 }, "visibilityTimeoutSeconds: 50000 is out of range: 0 to 43200"],
  ]],
  ["aws:sqs/queuePolicy:QueuePolicy", { queueUrl: QUEUE_URL, policy: allow({ Action: "sqs:SendMessage", Principal: "*", Resource: `${SQS}:orders` }) }, [
    [{ policy: allow({ Action: "sqs:SendMessage", Principal: "*", Resource: `${SQS}:invoices` }) }, `policy: speaks of ${SQS}:invoices, and not of orders to which it belongs (InvalidAttributeValue): name that one`],
  ]],
  ["aws:sns/topicSubscription:TopicSubscription", { topic: "arn:aws:sns:eu-central-1:111122223333:orders", protocol: "sqs", endpoint: `${SQS}:orders` }, [
    [{ endpoint: `${SQS}:orders.fifo` }, "endpoint: a standard topic can't deliver to a FIFO queue: make both FIFO, or both standard"],
    [{ endpoint: QUEUE_URL }, `endpoint: "${QUEUE_URL}" is not the ARN of a queue: give its arn, not its url`],
    [{ filterPolicy: json({ kind: "a" }) }, 'filterPolicy.kind: "a" is not a list: each key takes a list of values'],
  ]],
  ["aws:ecs/taskDefinition:TaskDefinition", task, [
    [{ cpu: "300" }, "cpu: Fargate has no 300 CPU units: one of 256, 512, 1024, 2048, 4096, 8192, 16384"],
    [{ memory: "4096" }, "memory: Fargate has no 4096 MiB with 256 CPU units: one of 512, 1024, 2048"],
    [{ cpu: "1024", memory: "1024" }, "memory: Fargate has no 1024 MiB with 1024 CPU units: 2048 to 8192 in steps of 1024"],
    [{ networkMode: "bridge" }, 'networkMode: "bridge": a Fargate task has the network mode awsvpc'],
    [{ containerDefinitions: json([container, container]) }, 'containerDefinitions: two containers are called "app": names are unique within a task'],
    [{ containerDefinitions: json([{ name: "app" }]) }, "containerDefinitions[0].image: is missing: each container needs it"],
    [{ containerDefinitions: json([{ ...container, portMappings: [{ containerPort: 80, hostPort: 81 }] }]) }, "containerDefinitions[0].portMappings[0].hostPort: 81 differs from containerPort 80: they are one in network mode awsvpc"],
    [{ containerDefinitions: json([{ ...container, memory: 1024 }]) }, "containerDefinitions: the containers ask for 1024 memory together, and the task has 512: lower theirs or raise the task's"],
    [{ taskRoleArn: "arn:aws:iam::111122223333:role/flow" }, "taskRoleArn: ecs-tasks.amazonaws.com can't assume role flow: its trust policy must allow sts:AssumeRole to this service"],
  ]],
  ["aws:ecs/service:Service", { ...service, ...behind({}) }, [
    [behind({ targetGroupArn: TARGETS("instance") }), "loadBalancers[0].targetGroupArn: its targets are of type instance, and tasks in network mode awsvpc register by ip: set targetType to ip"],
    [behind({ containerName: "web" }), 'loadBalancers[0].containerName: the task has no container "web": name one of its containers'],
    [behind({ containerPort: 9090 }), "loadBalancers[0].containerPort: the container maps no port 9090: add it to its portMappings"],
    [{ networkConfiguration: null }, "networkConfiguration: the task's network mode is awsvpc, for which the service needs subnets and security groups"],
    [{ networkConfiguration: { ...network, securityGroups: ["sg-2"] } }, 'networkConfiguration.securityGroups[0]: "sg-2" belongs to vpc-2, the subnets to vpc-1: name a security group of the same VPC'],
  ]],
  ["aws:rds/subnetGroup:SubnetGroup", { name: "g", subnetIds: ["subnet-a", "subnet-b"] }, [
    [{ subnetIds: ["subnet-a", "subnet-a2"] }, "subnetIds: all subnets are in eu-central-1a, and a DB subnet group covers two zones at least (DBSubnetGroupDoesNotCoverEnoughAZs): add one of another zone"],
  ]],
  ["aws:elasticache/replicationGroup:ReplicationGroup", { ...cache, multiAzEnabled: true, subnetGroupName: "two-zones" }, [
    [{ numCacheClusters: 1 }, "numCacheClusters: 1: automatic failover needs a replica, so 2 nodes at least"],
    [{ automaticFailoverEnabled: false }, "multiAzEnabled: several zones need automatic failover: set automaticFailoverEnabled to true"],
    [{ subnetGroupName: "one-zone" }, 'subnetGroupName: all subnets of "one-zone" are in eu-central-1a, and the cache spans zones: add one of another zone'],
  ]],
  ["aws:s3/bucket:Bucket", { bucket: "orders" }, [
    [{ bucket: "Orders_1" }, 'bucket: "Orders_1" is no bucket name: 3 to 63 lower-case letters, digits, hyphens and single dots'],
  ]],
  ["aws:cloudwatch/logGroup:LogGroup", { name: "l", retentionInDays: 30 }, [
    [{ retentionInDays: 31 }, "retentionInDays: 31 is not offered: one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"],
  ]],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", { name: "a", comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 2, period: 60 }, [
    [{ period: 45 }, "period: 45 s: 10, 20, 30, or a multiple of 60"],
    [{ datapointsToAlarm: 3 }, "datapointsToAlarm: 3 is above evaluationPeriods 2: lower it"],
  ]],
]; // prettier-ignore

describe("offline providers: what AWS refuses", () => {
  judged(cloud, CASES);
});

const last = (type: string, inputs: (at: number) => Values, times: number): readonly string[] =>
  lastOf(cloud(), type, inputs, times);

describe("offline providers: what AWS has only so many of", () => {
  it("takes a priority once", () => {
    const inputs = { listenerArn: LISTENER, priority: 7, actions: [], conditions: [] };
    const reason = "priority: 7 is taken by r1 (PriorityInUse): choose a free one";
    expect(last("aws:lb/listenerRule:ListenerRule", () => inputs, 2)).to.deep.equal([reason]);
  });

  it("takes a rule, and a route's destination, once", () => {
    const twice = "securityGroupId: sg-1 has this rule already (InvalidPermission.Duplicate): leave one of the two out";
    expect(last("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", () => rule, 2)).to.deep.equal([twice]);
    const route = { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" };
    expect(last("aws:ec2/route:Route", () => route, 2)).to.deep.equal([
      "destinationCidrBlock: rtb-1 has a route to 0.0.0.0/0 already (RouteAlreadyExists): a destination has one route",
    ]);
  });

  it("gives 60 rules a group, 5 addresses a region and 10 managed policies a role", () => {
    const port = (at: number): Values => ({ ...rule, fromPort: at, toPort: at });
    const [rules = ""] = last("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", port, 61);
    expect(rules).to.contain("sg-1 has 60 rules of this direction, and 60 is the quota");
    const [addresses = ""] = last("aws:ec2/eip:Eip", () => ({ domain: "vpc" }), 6);
    expect(addresses).to.contain("this region has 5 elastic IP addresses, and 5 is the quota (AddressLimitExceeded)");
    const policy = (at: number): Values => ({ role: "task", policyArn: `arn:aws:iam::aws:policy/P${at}` });
    const [policies = ""] = last("aws:iam/rolePolicyAttachment:RolePolicyAttachment", policy, 11);
    expect(policies).to.contain("role task has 10 managed policies, and 10 is the quota");
  });
});
