// What specs of single components are given by identifier: it stands in the emulated cloud, made by nobody.
import type { Standing } from "../../offline/providers/mocks";

const VPC = "aws:ec2/vpc:Vpc";
const ACCOUNT = "123456789012";
const REGION = "eu-central-1";

const subnets = ["1", "2", "a", "b", "c", "d"].map((name, at) => ({
  type: "aws:ec2/subnet:Subnet",
  id: `subnet-${name}`,
  inputs: { vpcId: "vpc-1", cidrBlock: `10.0.${at}.0/24`, availabilityZone: `${REGION}${at % 2 === 0 ? "a" : "b"}` },
}));

const groups = ["alb", "db", "endpoints", "cache", "1", "2", "3"].map((name) => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  id: `sg-${name}`,
  inputs: { name, vpcId: "vpc-1" },
}));

const topics = ["us-east-1", REGION].map((region) => ({
  type: "aws:sns/topic:Topic",
  id: `arn:aws:sns:${region}:${ACCOUNT}:alarms`,
  inputs: { name: "alarms" },
}));

const listener = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:listener/app/shop/1/2`;
const balancers = [
  `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/shop/1`,
  `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/alb/50dc6c495c0c9188`,
];
const cluster = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop`;

/** A network, what stands before and behind a service, a cluster, keys and topics. */
export const standing: readonly Standing[] = [
  { type: VPC, id: "vpc-1", inputs: { cidrBlock: "10.0.0.0/16" } },
  ...subnets,
  ...groups,
  ...topics,
  { type: "aws:kms/key:Key", id: "1" },
  ...balancers.map((id) => ({
    type: "aws:lb/loadBalancer:LoadBalancer",
    id,
    inputs: { loadBalancerType: "application", subnets: ["subnet-1", "subnet-2"] },
  })),
  {
    type: "aws:lb/listener:Listener",
    id: listener,
    inputs: { loadBalancerArn: balancers[0] ?? "", port: 443, protocol: "HTTPS" },
  },
  {
    type: "aws:acm/certificate:Certificate",
    id: `arn:aws:acm:${REGION}:${ACCOUNT}:certificate/1`,
    inputs: { domainName: "api.example.com" },
  },
  { type: "aws:ecs/cluster:Cluster", id: cluster, inputs: { name: "shop" } },
  {
    type: "aws:servicediscovery/httpNamespace:HttpNamespace",
    id: "ns-1",
    inputs: { name: "microservices.local" },
  },
  {
    type: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
    id: "ns-1",
    inputs: { name: "microservices.local", vpc: "vpc-1" },
  },
  { type: "aws:route53/zone:Zone", id: "Z0123456789", inputs: { name: "example.com" } },
];
