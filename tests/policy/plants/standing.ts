// What the plants name and do not make: it stands in the account already.

/** Type and identifier of each. */
export const STANDING: readonly (readonly [type: string, id: string])[] = [
  ["aws:efs/fileSystem:FileSystem", "fs-0aaaaaaaaaaaaaaaa"],
  ["aws:efs/fileSystem:FileSystem", "fs-0bbbbbbbbbbbbbbbb"],
  ["aws:lambda/function:Function", "a"],
  ["aws:lambda/function:Function", "open"],
  ["aws:lambda/function:Function", "fast"],
  ["aws:iam/policy:Policy", "arn:aws:iam::123456789012:policy/own"],
  [
    "aws:acm/certificate:Certificate",
    "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  ],
  ["aws:apigateway/deployment:Deployment", "d"],
  ["aws:apigateway/restApi:RestApi", "a"],
  ["aws:apigatewayv2/api:Api", "a"],
  ["aws:apigatewayv2/vpcLink:VpcLink", "l"],
  ["aws:cloudwatch/eventRule:EventRule", "r"],
  ["aws:docdb/cluster:Cluster", "documents"],
  ["aws:docdb/subnetGroup:SubnetGroup", "isolated"],
  ["aws:ec2/routeTable:RouteTable", "rtb-0aaaaaaaaaaaaaaaa"],
  ["aws:ec2/subnet:Subnet", "subnet-0aaaaaaaaaaaaaaaa"],
  ["aws:eks/cluster:Cluster", "main-162"],
  ["aws:elasticache/subnetGroup:SubnetGroup", "isolated"],
  ["aws:elasticache/userGroup:UserGroup", "services"],
  ["aws:iam/role:Role", "arn:aws:iam::123456789012:role/service"],
  ["aws:lb/loadBalancer:LoadBalancer", "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/a/b"],
  ["aws:lb/targetGroup:TargetGroup", "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a/b"],
  ["aws:memorydb/subnetGroup:SubnetGroup", "isolated"],
  ["aws:s3/bucket:Bucket", "results"],
  ["aws:neptune/cluster:Cluster", "graph"],
  ["aws:rds/clusterParameterGroup:ClusterParameterGroup", "own"],
  ["aws:rds/subnetGroup:SubnetGroup", "isolated"],
  ["aws:redshift/subnetGroup:SubnetGroup", "isolated"],
  ["aws:s3/bucket:Bucket", "files"],
  ["aws:s3/bucket:Bucket", "logs"],
  ...[1, 2, 3, 4].map((number) => ["aws:s3/bucket:Bucket", `site-${number}`] as const),
  ["aws:sns/topic:Topic", "arn:aws:sns:eu-central-1:123456789012:alarms"],
  ["aws:ec2/launchConfiguration:LaunchConfiguration", "old"],
  ["aws:ec2/subnet:Subnet", "subnet-0bbbbbbbbbbbbbbbb"],
  ["aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "pcx-0aaaaaaaaaaaaaaaa"],
  [
    "aws:wafv2/webAcl:WebAcl",
    "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/a/11111111-2222-3333-4444-555555555555",
  ],
  ["aws:secretsmanager/secret:Secret", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-AbCdEf"],
  ["aws:rds/cluster:Cluster", "aurora"],
  ["aws:eks/cluster:Cluster", "main"],
];

/** What stands in a cluster: kind, namespace (none for what has none) and name. */
export const STANDING_IN_CLUSTER: readonly (readonly [type: string, namespace: string, name: string])[] = [
  ["kubernetes:core/v1:Namespace", "", "orders"],
  ["kubernetes:core/v1:Namespace", "", "kube-system"],
  ...["default", "kube-system"].flatMap((namespace) => [
    ["kubernetes:core/v1:ServiceAccount", namespace, "orders"] as const,
    ["kubernetes:core/v1:Secret", namespace, "db"] as const,
    ["kubernetes:core/v1:Service", namespace, "orders"] as const,
  ]),
];
