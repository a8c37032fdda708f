// How long the real cloud took, or is said to take, for a resource: what others published, by type.
// A run is the time between "Creating..." and "Creation complete after ..." in somebody's Terraform log. Pulumi's AWS provider is
// built from Terraform's and waits for the same. Only logs of AWS count, not of an emulator, and a log that is in several places
// counts once. Looked up in November 2026.
import type { Values } from "../core/values";

/** A figure, and where it is from. */
export type Figure =
  /** Times that were measured; their median counts. */
  | { readonly runs: string; readonly source: string }
  /** A range that somebody states; its middle counts. */
  | { readonly from: string; readonly to: string; readonly source: string }
  /** From experience: nothing published says it. */
  | { readonly assumed: string };

/** Found by searching public repositories for what Terraform prints; the search gives the text and not always the place. */
const logs = (resource: string): string => `logs in public repositories: "${resource}.*: Creation complete after"`;
const endings = (resource: string): string =>
  `logs in public repositories: "${resource}.*: Destruction complete after"`;

const terraform = "https://github.com/hashicorp/terraform";
const provider = "https://github.com/hashicorp/terraform-provider-aws";
const aws = "https://docs.aws.amazon.com";

/** Creations by type; what is not here is there at once. */
export const creations: Readonly<Record<string, Figure>> = {
  "aws:rds/instance:Instance": {
    runs:
      "2m53s 3m3s 3m16s 3m16s 3m27s 3m27s 3m45s 3m53s 4m3s 4m5s 4m6s 4m7s 4m25s 4m36s 4m52s 4m54s 4m55s 4m56s 5m2s 5m15s " +
      "5m16s 5m57s 6m8s 6m34s 7m58s",
    source: `${logs("aws_db_instance")}; MySQL and PostgreSQL in one zone`,
  },
  "aws:rds/cluster:Cluster": { runs: "42s 43s 53s", source: logs("aws_rds_cluster") },
  "aws:rds/clusterInstance:ClusterInstance": {
    runs: "5m38s 6m13s 6m21s 6m31s 6m33s",
    source: `${logs("aws_rds_cluster_instance")}, and ${provider}/pull/19096`,
  },
  "aws:rds/proxy:Proxy": {
    from: "10m0s",
    to: "10m0s",
    source: "about ten minutes in tests: https://github.com/aws-controllers-k8s/rds-controller/pull/115",
  },
  "aws:docdb/cluster:Cluster": { assumed: "45s" },
  "aws:docdb/clusterInstance:ClusterInstance": { assumed: "6m0s" },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    runs: "5m37s 5m58s 6m59s 9m7s 9m15s",
    source: logs("aws_elasticache_replication_group"),
  },
  "aws:elasticache/cluster:Cluster": { runs: "3m42s 5m17s 6m5s", source: logs("aws_elasticache_cluster") },
  "aws:elasticache/serverlessCache:ServerlessCache": {
    from: "0s",
    to: "1m0s",
    source: `under a minute: ${aws}/AmazonElastiCache/latest/dg/WhatIs.html`,
  },
  "aws:opensearch/domain:Domain": {
    from: "15m0s",
    to: "25m0s",
    source: "https://alchemy.run/providers/aws/opensearch/domain",
  },
  "aws:msk/cluster:Cluster": {
    runs: "11m15s 23m15s 26m5s 35m43s",
    source: `${logs("aws_msk_cluster")}, and https://github.com/awslabs/benchmark-ai/pull/527`,
  },
  "aws:redshift/cluster:Cluster": { runs: "1m4s 1m13s", source: logs("aws_redshift_cluster") },
  "aws:dynamodb/table:Table": {
    runs: "5s 7s 8s 9s 11s 11s 11s 12s 13s 14s 17s 22s",
    source: logs("aws_dynamodb_table"),
  },
  "aws:efs/mountTarget:MountTarget": {
    runs: "1m24s",
    source: `${logs("aws_efs_mount_target")}; one to two minutes by https://alchemy.run/providers/aws/efs/mounttarget`,
  },
  "aws:ec2/natGateway:NatGateway": {
    runs:
      "1m25s 1m27s 1m28s 1m32s 1m35s 1m36s 1m44s 1m44s 1m45s 1m46s 1m46s 1m47s 1m55s 1m55s 1m56s 1m56s 1m58s 1m59s 2m0s 2m1s " +
      "2m3s 2m3s 2m4s 2m5s 2m5s 2m5s",
    source: logs("aws_nat_gateway"),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    runs: "6s 6s 6s 6s 6s 6s 7s 7s",
    source: `${logs("aws_vpc_endpoint")}; gateway endpoints`,
  },
  "aws:ec2/instance:Instance": { runs: "12s 12s 13s", source: logs("aws_instance") },
  "aws:autoscaling/group:Group": { runs: "27s 43s 53s", source: logs("aws_autoscaling_group") },
  "aws:ec2transitgateway/transitGateway:TransitGateway": { runs: "1m18s", source: logs("aws_ec2_transit_gateway") },
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {
    runs: "2m1s",
    source: logs("aws_ec2_transit_gateway_vpc_attachment"),
  },
  "aws:globalaccelerator/accelerator:Accelerator": { runs: "2m31s", source: logs("aws_globalaccelerator_accelerator") },
  "aws:lb/loadBalancer:LoadBalancer": {
    runs: "2m2s 2m6s 2m11s 2m15s 2m22s 2m25s 2m28s 2m36s 2m37s 2m41s 2m52s 2m56s 3m2s 3m7s",
    source: logs("aws_lb"),
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    runs: "1m1s 1m29s 4m25s 8m52s",
    source: logs("aws_acm_certificate_validation"),
  },
  "aws:route53/record:Record": {
    runs: "35s 40s",
    source: `${logs("aws_route53_record")}, and ${provider}/issues/10405`,
  },
  "aws:cloudfront/distribution:Distribution": {
    runs: "2m58s 3m0s 3m7s 3m36s 3m43s 7m53s",
    source: logs("aws_cloudfront_distribution"),
  },
  "aws:apigateway/vpcLink:VpcLink": {
    from: "2m0s",
    to: "4m0s",
    source: `${aws}/apigateway/latest/api/API_CreateVpcLink.html`,
  },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    from: "2m0s",
    to: "4m0s",
    source: `"a few minutes": ${aws}/apigateway/latest/developerguide/http-api-vpc-links.html`,
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    runs: "44s",
    source: logs("aws_service_discovery_private_dns_namespace"),
  },
  "aws:ecs/cluster:Cluster": { runs: "11s 12s", source: logs("aws_ecs_cluster") },
  "aws:eks/cluster:Cluster": {
    runs: "8m14s 8m23s 8m55s 9m6s 9m13s 9m24s 10m12s 10m22s 10m52s 11m3s 11m23s",
    source: logs("aws_eks_cluster"),
  },
  "aws:eks/nodeGroup:NodeGroup": {
    runs: "1m15s 1m20s 1m52s 1m59s 1m59s 2m0s 2m3s 2m19s 2m41s 5m33s",
    source: logs("aws_eks_node_group"),
  },
  "aws:eks/addon:Addon": { runs: "14s 14s 14s 15s 15s 56s", source: `${logs("aws_eks_addon")}; CoreDNS` },
  "aws:eks/fargateProfile:FargateProfile": {
    runs: "26s 5m5s 5m45s",
    source: "https://github.com/aws/containers-roadmap/issues/2392",
  },
  "aws:lambda/function:Function": { runs: "9s 13s 30s", source: logs("aws_lambda_function") },
  "aws:sqs/queue:Queue": {
    runs: "25s 25s 26s 26s 26s 27s",
    source: `${logs("aws_sqs_queue")}; the provider waits until a queue shows its attributes`,
  },
  "aws:kms/key:Key": {
    runs: "8s 16s 16s 20s 21s 22s 24s 25s 25s 29s 38s",
    source: `${logs("aws_kms_key")}; with a policy or rotation, which the provider waits for`,
  },
};

/** A creation that takes another time when something is asked for. */
export interface Variant {
  readonly type: string;
  readonly when: (inputs: Values) => boolean;
  readonly figure: Figure;
}

/** The first that fits counts. */
export const variants: readonly Variant[] = [
  {
    type: "aws:rds/instance:Instance",
    when: ({ multiAz }) => multiAz === true,
    figure: {
      from: "15m0s",
      to: "20m0s",
      source: `with a standby and its first backup, in 2014: ${terraform}/issues/498`,
    },
  },
  {
    type: "aws:ec2/vpc:Vpc",
    when: ({ enableDnsHostnames }) => enableDnsHostnames === true,
    figure: { runs: "11s 12s 12s 14s 15s 15s", source: logs("aws_vpc") },
  },
  {
    type: "aws:ec2/subnet:Subnet",
    when: ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === true,
    figure: { runs: "10s 11s 11s 11s 14s", source: logs("aws_subnet") },
  },
  {
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    when: ({ vpcEndpointType }) => vpcEndpointType === "Interface",
    figure: { runs: "43s 1m53s 2m2s", source: logs("aws_vpc_endpoint") },
  },
  {
    // Edge-optimized: a regional one has regionalCertificateArn, and is there at once.
    type: "aws:apigateway/domainName:DomainName",
    when: ({ certificateArn }) => certificateArn !== undefined,
    figure: {
      from: "40m0s",
      to: "40m0s",
      source: `${aws}/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html`,
    },
  },
  {
    // Its tasks are waited for.
    type: "aws:ecs/service:Service",
    when: ({ waitForSteadyState }) => waitForSteadyState === true,
    figure: { assumed: "2m0s" },
  },
];

/** Deletions by type; what is not here is gone at once. */
export const deletions: Readonly<Record<string, Figure>> = {
  "aws:rds/instance:Instance": { runs: "1m51s 3m15s 4m3s 4m26s 6m25s", source: endings("aws_db_instance") },
  "aws:rds/cluster:Cluster": { runs: "1m3s", source: "https://github.com/tungbq/aws-lab-with-terraform/issues/100" },
  "aws:rds/clusterInstance:ClusterInstance": {
    runs: "11m47s 12m0s",
    source: "https://github.com/tungbq/aws-lab-with-terraform/issues/100, https://github.com/go-to-k/cdkd/pull/394",
  },
  "aws:rds/proxy:Proxy": {
    from: "15m0s",
    to: "15m0s",
    source: "about a quarter of an hour in tests: https://github.com/aws-controllers-k8s/rds-controller/pull/115",
  },
  "aws:docdb/clusterInstance:ClusterInstance": { assumed: "5m0s" },
  "aws:elasticache/replicationGroup:ReplicationGroup": { assumed: "5m0s" },
  "aws:elasticache/cluster:Cluster": { runs: "1m22s", source: endings("aws_elasticache_cluster") },
  "aws:opensearch/domain:Domain": { assumed: "10m0s" },
  "aws:msk/cluster:Cluster": { assumed: "10m0s" },
  "aws:ec2/natGateway:NatGateway": {
    runs: "37s 50s 52s 53s 56s 1m0s 1m1s 1m2s 1m2s 1m2s 1m12s 1m19s",
    source: endings("aws_nat_gateway"),
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    runs: "1m12s",
    source: `${endings("aws_vpc_endpoint")}; not of a gateway endpoint`,
  },
  "aws:lb/loadBalancer:LoadBalancer": { runs: "2m33s", source: endings("aws_lb") },
  "aws:cloudfront/distribution:Distribution": {
    runs: "3m43s 7m23s",
    source: endings("aws_cloudfront_distribution"),
  },
  "aws:ecs/service:Service": {
    runs: "2m40s 5m30s",
    source: `${provider}/issues/3414, ${terraform}/pull/9521; it drains as long as its target groups say`,
  },
  "aws:eks/cluster:Cluster": { runs: "1m9s 1m24s 3m24s", source: endings("aws_eks_cluster") },
  "aws:eks/nodeGroup:NodeGroup": { runs: "6m19s 6m21s 6m23s 8m21s", source: endings("aws_eks_node_group") },
  "aws:eks/fargateProfile:FargateProfile": {
    from: "2m0s",
    to: "2m0s",
    source: "https://github.com/aws/containers-roadmap/issues/2392",
  },
};
