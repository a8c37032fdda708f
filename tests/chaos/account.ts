// The account as its owner can look at it: by tags, and by what hangs on what is tagged. A URN is nothing that an account knows.
import type { Entry } from "./inventory";

/** Tags that everything of one stack carries, as the program's provider puts them on. */
export type Tags = Readonly<Record<string, string>>;

/** A kind of resource that carries no tags of its own. */
interface Hanger {
  /** The type it hangs on; undefined: its own name begins with the stack's, `<system>-<environment>`. */
  readonly on?: string;
  /** The input which names that, by id, ARN or name; or which is its own name. */
  readonly by: string;
  /** How a person lists it; docs/runbooks/recovery.md has the same. */
  readonly listed: string;
}

const onBucket = (what: string): Hanger => ({
  on: "aws:s3/bucket:Bucket",
  by: "bucket",
  listed: `aws s3api ${what} --bucket`,
});

/** Every kind without tags that this repository's programs make. */
export const hangers: Readonly<Record<string, Hanger>> = {
  "aws:apigateway/basePathMapping:BasePathMapping": {
    on: "aws:apigateway/domainName:DomainName",
    by: "domainName",
    listed: "aws apigateway get-base-path-mappings --domain-name",
  },
  "aws:apigateway/deployment:Deployment": {
    on: "aws:apigateway/restApi:RestApi",
    by: "restApi",
    listed: "aws apigateway get-deployments --rest-api-id",
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    on: "aws:apigateway/restApi:RestApi",
    by: "restApi",
    listed: "aws apigateway get-stages --rest-api-id",
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": {
    on: "aws:apigateway/usagePlan:UsagePlan",
    by: "usagePlanId",
    listed: "aws apigateway get-usage-plan-keys --usage-plan-id",
  },
  "aws:appautoscaling/policy:Policy": {
    on: "aws:appautoscaling/target:Target",
    by: "resourceId",
    listed: "aws application-autoscaling describe-scaling-policies --service-namespace ecs --resource-id",
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    on: "aws:appautoscaling/target:Target",
    by: "resourceId",
    listed: "aws application-autoscaling describe-scheduled-actions --service-namespace ecs --resource-id",
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    on: "aws:cloudwatch/eventRule:EventRule",
    by: "rule",
    listed: "aws events list-targets-by-rule --rule",
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    by: "dashboardName",
    listed: "aws cloudwatch list-dashboards --dashboard-name-prefix",
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    on: "aws:cloudwatch/logGroup:LogGroup",
    by: "logGroupName",
    listed: "aws logs describe-metric-filters --log-group-name",
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    by: "name",
    listed: "aws logs describe-query-definitions --query-definition-name-prefix",
  },
  "aws:ec2/route:Route": {
    on: "aws:ec2/routeTable:RouteTable",
    by: "routeTableId",
    listed: "aws ec2 describe-route-tables --route-table-ids",
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    on: "aws:ec2/routeTable:RouteTable",
    by: "routeTableId",
    listed: "aws ec2 describe-route-tables --route-table-ids",
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    on: "aws:ec2/securityGroup:SecurityGroup",
    by: "securityGroupId",
    listed: "aws ec2 describe-security-group-rules --filters Name=group-id,Values=",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    on: "aws:ecr/repository:Repository",
    by: "repository",
    listed: "aws ecr get-lifecycle-policy --repository-name",
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": {
    on: "aws:ecs/cluster:Cluster",
    by: "clusterName",
    listed: "aws ecs describe-clusters --clusters",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    on: "aws:iam/role:Role",
    by: "role",
    listed: "aws iam list-role-policies --role-name",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    on: "aws:iam/role:Role",
    by: "role",
    listed: "aws iam list-attached-role-policies --role-name",
  },
  "aws:kms/alias:Alias": { on: "aws:kms/key:Key", by: "targetKeyId", listed: "aws kms list-aliases --key-id" },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    on: "aws:lambda/function:Function",
    by: "functionName",
    listed: "aws lambda get-function-event-invoke-config --function-name",
  },
  "aws:lambda/permission:Permission": {
    on: "aws:lambda/function:Function",
    by: "function",
    listed: "aws lambda get-policy --function-name",
  },
  "aws:route53/record:Record": {
    // The zone is there before any stack and has its own tags: a person looks for the domain's records in it.
    on: "aws:route53/zone:Zone",
    by: "zoneId",
    listed: "aws route53 list-resource-record-sets --hosted-zone-id",
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": onBucket("get-bucket-cors"),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": onBucket("get-bucket-lifecycle-configuration"),
  "aws:s3/bucketLogging:BucketLogging": onBucket("get-bucket-logging"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": onBucket("get-bucket-ownership-controls"),
  "aws:s3/bucketPolicy:BucketPolicy": onBucket("get-bucket-policy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": onBucket("get-public-access-block"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration":
    onBucket("get-bucket-encryption"),
  "aws:s3/bucketVersioning:BucketVersioning": onBucket("get-bucket-versioning"),
  "aws:secretsmanager/secretVersion:SecretVersion": {
    on: "aws:secretsmanager/secret:Secret",
    by: "secretId",
    listed: "aws secretsmanager list-secret-version-ids --secret-id",
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    on: "aws:sns/topic:Topic",
    by: "arn",
    listed: "aws sns get-topic-attributes --topic-arn",
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    on: "aws:sns/topic:Topic",
    by: "topic",
    listed: "aws sns list-subscriptions-by-topic --topic-arn",
  },
  "aws:sqs/queuePolicy:QueuePolicy": {
    on: "aws:sqs/queue:Queue",
    by: "queueUrl",
    listed: "aws sqs get-queue-attributes --attribute-names All --queue-url",
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    on: "aws:sqs/queue:Queue",
    by: "queueUrl",
    listed: "aws sqs get-queue-attributes --attribute-names All --queue-url",
  },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    on: "aws:sqs/queue:Queue",
    by: "queueUrl",
    listed: "aws sqs get-queue-attributes --attribute-names All --queue-url",
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    on: "aws:lb/loadBalancer:LoadBalancer",
    by: "resourceArn",
    listed: "aws wafv2 get-web-acl-for-resource --resource-arn",
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    on: "aws:wafv2/webAcl:WebAcl",
    by: "resourceArn",
    listed: "aws wafv2 get-logging-configuration --resource-arn",
  },
};

/** What a program declares and no account holds: waiting for something, a call, and settings that all APIs of an account and region share. */
export const nothings: ReadonlySet<string> = new Set([
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:apigateway/account:Account",
  "aws:lambda/invocation:Invocation",
]);

interface Recorded {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What somebody finds in an account who knows nothing but a stack's tags. */
export function foundByTags(account: readonly Entry[], tags: Tags): readonly Entry[] {
  const tagged = account.filter((entry) => carries(entry, tags));
  const named = new Set(tagged.flatMap((entry) => namesOf(entry).map((name) => `${entry.type} ${name}`)));
  const hanging = account.filter(({ type, content }) => {
    const hanger = hangers[type];
    if (hanger === undefined) return false;
    const name = (content as Recorded).inputs?.[hanger.by];
    if (typeof name !== "string") return false;
    return hanger.on === undefined ? isNamedAfter(name, tags) : named.has(`${hanger.on} ${name}`);
  });
  return [...new Set([...tagged, ...hanging])];
}

/** Whether a name is the stack's, or begins with it. */
function isNamedAfter(name: string, { Project = "", Environment = "" }: Tags): boolean {
  const stack = `${Project}-${Environment}`;
  return name === stack || (/^[-/]/.test(name.slice(stack.length)) && name.startsWith(stack));
}

function carries({ content }: Entry, tags: Tags): boolean {
  const own = (content as Recorded).outputs?.tagsAll;
  if (typeof own !== "object" || own === null) return false;
  const all = own as Readonly<Record<string, unknown>>;
  return Object.entries(tags).every(([key, value]) => all[key] === value);
}

/** By what others name it. */
function namesOf({ id, content }: Entry): readonly string[] {
  const { arn, name, resourceId } = (content as Recorded).outputs ?? {};
  return [id, arn, name, resourceId].filter((each) => typeof each === "string");
}
