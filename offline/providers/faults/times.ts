// How long the real cloud takes to create a resource. All figures are estimates from experience, not measurements.
import type { Values } from "../core/values";

const minutes = (count: number): number => count * 60;

/** Seconds by type. */
const seconds: Readonly<Record<string, number>> = {
  "aws:rds/instance:Instance": minutes(8),
  "aws:rds/cluster:Cluster": minutes(3),
  "aws:rds/clusterInstance:ClusterInstance": minutes(6),
  "aws:elasticache/replicationGroup:ReplicationGroup": minutes(9),
  "aws:ec2/natGateway:NatGateway": minutes(2),
  "aws:ec2/vpcEndpoint:VpcEndpoint": minutes(1.5),
  "aws:lb/loadBalancer:LoadBalancer": minutes(2.5),
  "aws:alb/loadBalancer:LoadBalancer": minutes(2.5),
  "aws:acm/certificateValidation:CertificateValidation": minutes(3),
  "aws:kms/key:Key": 2,
  "aws:ec2/vpc:Vpc": 2,
  "aws:iam/role:Role": 10,
};

/** Seconds that a create takes in the cloud. */
export function creationSeconds(type: string, inputs: Values): number {
  if (type === "aws:ecs/service:Service") return inputs.waitForSteadyState === true ? minutes(2) : 1;
  // Gateway endpoints are routes only, and are there at once.
  if (type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs.vpcEndpointType !== "Interface") return 1;
  return seconds[type] ?? 1;
}

/** Seconds by type; what is not here is gone at once. */
const deletions: Readonly<Record<string, number>> = {
  "aws:rds/instance:Instance": minutes(5),
  "aws:rds/cluster:Cluster": minutes(1),
  "aws:rds/clusterInstance:ClusterInstance": minutes(5),
  "aws:elasticache/replicationGroup:ReplicationGroup": minutes(5),
  "aws:ec2/natGateway:NatGateway": minutes(1),
  "aws:ec2/vpcEndpoint:VpcEndpoint": minutes(1),
  "aws:ecs/service:Service": minutes(2),
};

/** Seconds that a deletion takes in the cloud. */
export function deletionSeconds(type: string): number {
  return deletions[type] ?? 0;
}
