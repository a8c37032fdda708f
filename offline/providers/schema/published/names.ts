// Which published resource type an SDK's type is, and which published property a property is. Names are compared without case;
// the tables hold only what no rule finds.
import type { Properties, Shape } from "../shape";
import type { Kind, PublishedProperties, PublishedProperty, PublishedTypes } from "./types";

/** Services by the SDK's module, where CloudFormation calls them otherwise or divides them. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  acm: ["certificatemanager"],
  alb: ["elasticloadbalancingv2"],
  amp: ["aps"],
  appautoscaling: ["applicationautoscaling"],
  bcmdata: ["bcmdataexports"],
  bedrock: ["bedrock", "bedrockagentcore"],
  cfg: ["config"],
  cloudwatch: ["cloudwatch", "logs", "events"],
  costexplorer: ["ce"],
  ec2clientvpn: ["ec2"],
  ec2transitgateway: ["ec2"],
  ecrpublic: ["ecr"],
  elb: ["elasticloadbalancing"],
  inspector2: ["inspectorv2"],
  keyspaces: ["cassandra"],
  kinesis: ["kinesis", "kinesisfirehose"],
  lb: ["elasticloadbalancingv2"],
  macie2: ["macie"],
  mq: ["amazonmq"],
  mskconnect: ["kafkaconnect"],
  opensearch: ["opensearchservice", "opensearchserverless"],
  opensearchingest: ["osis"],
  resiliencehub: ["resiliencehub", "resiliencehubv2"],
  resourceexplorer: ["resourceexplorer2"],
  route53: ["route53", "route53resolver"],
  s3control: ["s3"],
  schemas: ["eventschemas"],
  servicecatalog: ["servicecatalog", "servicecatalogappregistry"],
  sesv2: ["ses"],
  sfn: ["stepfunctions"],
  ssoadmin: ["sso"],
  timestreaminfluxdb: ["timestream"],
  timestreamwrite: ["timestream"],
  verifiedaccess: ["ec2"],
  vpc: ["ec2"],
};

/** Words that one side puts before a type's name and the other leaves out. */
const PREFIXES = [
  ...["db", "cache", "event", "log", "firehose", "serverless", "verifiedaccess", "config", "backup", "resolver"],
  ...["elasticsearch", "private", "scaling", "transitgateway", "clientvpn", "mailmanager", "vpc", "function"],
  ...["userpool", "agent", "agentcore", "cluster", "contributor", "v2models", "v2"],
];

/** Types whose names have nothing to do with each other, or mislead. `undefined`: there is none. */
const TYPES: Readonly<Record<string, string | undefined>> = {
  "aws:appautoscaling/target:Target": "AWS::ApplicationAutoScaling::ScalableTarget",
  "aws:autoscaling/schedule:Schedule": "AWS::AutoScaling::ScheduledAction",
  "aws:cfg/recorder:Recorder": "AWS::Config::ConfigurationRecorder",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "AWS::CloudWatch::Alarm",
  "aws:cognito/userGroup:UserGroup": "AWS::Cognito::UserPoolGroup",
  "aws:docdb/clusterInstance:ClusterInstance": "AWS::DocDB::DBInstance",
  "aws:docdb/elasticCluster:ElasticCluster": "AWS::DocDBElastic::Cluster",
  "aws:ebs/volume:Volume": "AWS::EC2::Volume",
  "aws:ec2/launchConfiguration:LaunchConfiguration": "AWS::AutoScaling::LaunchConfiguration",
  "aws:ec2/managedPrefixList:ManagedPrefixList": "AWS::EC2::PrefixList",
  "aws:ec2/networkAclRule:NetworkAclRule": "AWS::EC2::NetworkAclEntry",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "AWS::EC2::SubnetRouteTableAssociation",
  "aws:ec2/securityGroupRule:SecurityGroupRule": undefined,
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "AWS::ECS::ClusterCapacityProviderAssociations",
  "aws:glue/catalogDatabase:CatalogDatabase": "AWS::Glue::Database",
  "aws:glue/catalogTable:CatalogTable": "AWS::Glue::Table",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "AWS::IAM::OIDCProvider",
  "aws:iam/policy:Policy": "AWS::IAM::ManagedPolicy",
  "aws:kinesis/videoStream:VideoStream": "AWS::KinesisVideo::Stream",
  "aws:neptune/clusterInstance:ClusterInstance": "AWS::Neptune::DBInstance",
  "aws:rds/clusterInstance:ClusterInstance": "AWS::RDS::DBInstance",
  "aws:route53/queryLog:QueryLog": "AWS::Route53::QueryLoggingConfig",
  "aws:route53/record:Record": "AWS::Route53::RecordSet",
  "aws:route53/zone:Zone": "AWS::Route53::HostedZone",
  "aws:s3/bucketVersioning:BucketVersioning": "AWS::S3::Bucket",
  "aws:sagemaker/endpointConfiguration:EndpointConfiguration": "AWS::SageMaker::EndpointConfig",
  "aws:secretsmanager/secretRotation:SecretRotation": "AWS::SecretsManager::RotationSchedule",
  "aws:sfn/alias:Alias": "AWS::StepFunctions::StateMachineAlias",
  "aws:sns/topicSubscription:TopicSubscription": "AWS::SNS::Subscription",
  "aws:timestreaminfluxdb/dbInstance:DbInstance": "AWS::Timestream::InfluxDBInstance",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "AWS::EC2::SecurityGroupEgress",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS::EC2::SecurityGroupIngress",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": "AWS::WAFv2::LoggingConfiguration",
};

/** The published type that an SDK's type is; undefined when none is certainly meant. */
export function publishedType(token: string, published: PublishedTypes): string | undefined {
  if (token in TYPES) return TYPES[token];
  const [, path = "", type = ""] = token.split(":");
  const module = bare(path.split("/")[0] ?? "");
  const name = bare(type);
  const services = SERVICES[module] ?? [module];
  const found = typesByService(published).filter(
    ({ service, short }) => services.includes(service) && sameName(name, short, [module, service, ...PREFIXES]),
  );
  const exact = found.filter(({ short }) => short === name);
  return (exact.length > 0 ? exact : found).length === 1 ? (exact[0] ?? found[0])?.full : undefined;
}

interface Named {
  readonly full: string;
  readonly service: string;
  readonly short: string;
}

const named = new WeakMap<PublishedTypes, readonly Named[]>();

function typesByService(published: PublishedTypes): readonly Named[] {
  const known =
    named.get(published) ??
    [...published.keys()].map((full) => {
      const [, service = "", short = ""] = full.split("::");
      return { full, service: bare(service), short: bare(short) };
    });
  named.set(published, known);
  return known;
}

function sameName(left: string, right: string, prefixes: readonly string[]): boolean {
  return left === right || prefixes.some((prefix) => left === prefix + right || right === prefix + left);
}

/** How certainly two properties are one: `same` means the same value in the same unit, `like` that one is made of the other. */
export interface Match {
  readonly property: PublishedProperty;
  readonly certain: boolean;
}

/** Units and kinds of names that an SDK adds to a property's name or leaves out. */
const SUFFIX =
  /(?:inseconds|seconds|inminutes|minutes|hours|days|arn|arns|id|ids|name|names|enabled|config|configuration)$/;

/** The published counterpart of each property that certainly has one. */
export function publishedProperties(
  declared: Properties,
  published: PublishedProperties,
  typeName: string,
): ReadonlyMap<string, Match> {
  const matches = new Map<string, Match>();
  const candidates = spelled(published);
  const prefixes = [bare(typeName), "db", "dbinstance", "dbcluster", "cache", "resource"];
  for (const [name, { shape }] of declared) {
    const wanted = bare(name);
    const [one, stem] = [plural(wanted), wanted.replace(SUFFIX, "")];
    const prefixed = new Set(prefixes.map((prefix) => plural(prefix + wanted)));
    const shortened = new Set(
      prefixes.filter((prefix) => wanted.startsWith(prefix)).map((prefix) => wanted.slice(prefix.length)),
    );
    const ways: readonly (readonly [fits: (candidate: Spelled) => boolean, certain: boolean])[] = [
      [(other) => other.bare === wanted || other.one === one, true],
      [(other) => prefixed.has(other.one) || shortened.has(other.bare), true],
      [(other) => other.stem === stem, false],
    ];
    for (const [fits, certain] of ways) {
      const fitting = candidates.filter((other) => fits(other) && agree(shape, other.property));
      if (fitting.length === 0) continue;
      const only = fitting.length === 1 ? fitting[0]?.property : undefined;
      if (only !== undefined) matches.set(name, { property: only, certain });
      break;
    }
  }
  return matches;
}

/** A published property with its name in the forms that are compared. */
interface Spelled {
  readonly property: PublishedProperty;
  readonly bare: string;
  readonly one: string;
  readonly stem: string;
}

function spelled(published: PublishedProperties): readonly Spelled[] {
  return [...published].map(([name, property]) => {
    const plain = bare(name);
    return { property, bare: plain, one: plural(plain), stem: plain.replace(SUFFIX, "") };
  });
}

/** Whether values of both types look alike. */
export function agree(shape: Shape, { kind }: { readonly kind: Kind }): boolean {
  if (shape.kind === "union") return shape.of.some((option) => agree(option, { kind }));
  if (shape.kind === "enum") return kind === "string";
  return COMPARED.has(shape.kind) && (shape.kind === kind || kind === "any");
}

const COMPARED: ReadonlySet<string> = new Set(["string", "number", "boolean", "list", "map", "object"]);

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function plural(name: string): string {
  return name.replace(/ies$/, "y").replace(/(?:es|s)$/, "");
}
