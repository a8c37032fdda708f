// Nothing is used before all that configures it is there: its policies, its encryption, its rights, its subscriptions.
import { expect } from "chai";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import type { AwsPlan } from "../../../../infra/targets/aws/plan";
import { nameOf, type Step, stepsOf } from "../../../bench/critical-path/steps";
import { deploy } from "../../../../offline/providers/mocks";
import { enterpriseRun } from "../../support/enterprise";
import { planFor, runOf } from "../../support/run";

/** What configures something without being a part of it, and by which property. Without it the thing is open, deaf or not encrypted. */
const CONFIGURES: Readonly<Record<string, string>> = {
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "clusterName",
  "aws:iam/rolePolicy:RolePolicy": "role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "role",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "bucket",
  "aws:secretsmanager/secretVersion:SecretVersion": "secretId",
  "aws:sns/topicPolicy:TopicPolicy": "arn",
  "aws:sns/topicSubscription:TopicSubscription": "topic",
  "aws:sqs/queuePolicy:QueuePolicy": "queueUrl",
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": "queueUrl",
  "aws:wafv2/webAclAssociation:WebAclAssociation": "resourceArn",
};

/** What begins to use others when it is made, and by which properties; a service uses what its tasks may reach. */
const USES: Readonly<Record<string, readonly string[] | "rights">> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["alarmActions", "okActions"],
  "aws:ec2/flowLog:FlowLog": ["iamRoleArn"],
  "aws:ecs/service:Service": "rights",
  "aws:lb/loadBalancer:LoadBalancer": ["accessLogs"],
  "aws:rds/clusterInstance:ClusterInstance": ["monitoringRoleArn"],
  "aws:rds/instance:Instance": ["monitoringRoleArn"],
  // SNS delivers from then on: to a queue that lets the topic in.
  "aws:sns/topicSubscription:TopicSubscription": ["topic", "endpoint", "redrivePolicy"],
};

describeOrder(planFor(runOf("prod")), []);
describeOrder(planFor(runOf("local")), []);
describeOrder(planFor(enterpriseRun("prod")), [
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:secretsmanager/secretVersion:SecretVersion",
]);

function describeOrder(plan: AwsPlan, absent: readonly string[]): void {
  describe(`start order of ${plan.system} in ${plan.environment.name}`, function () {
    this.timeout(60_000);
    let steps: readonly Step[] = [];
    before(async () => {
      const { resources } = await deploy(() => buildOnEcs(plan));
      steps = stepsOf(resources);
    });

    it("finds everything that begins to use others", () => {
      const types = new Set(steps.map(({ type }) => type));
      expect(Object.keys({ ...USES, ...CONFIGURES }).filter((type) => !types.has(type))).to.deep.equal(absent);
    });

    it("has a place in the table for every type that may configure another", () => {
      const words =
        /(?:Policy|PolicyAttachment|Block|Configuration|Controls|Versioning|Subscription|Association|Version)$/;
      const others = [
        "aws:appautoscaling/policy:Policy",
        "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        // awsx hands its subnets on when all its children are there.
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
      ];
      const found = new Set(steps.map(({ type }) => type).filter((type) => words.test(type)));
      expect([...found].filter((type) => !(type in CONFIGURES) && !others.includes(type))).to.deep.equal([]);
    });

    for (const [type, by] of Object.entries(USES)) {
      it(`lets ${type} begin when what it uses is ready`, () => {
        const users = steps.filter((step) => step.type === type && !isForPeople(step));
        expect(users.flatMap((user) => missing(user, by, steps))).to.deep.equal([]);
      });
    }
  });
}

/** What configures something that a step uses, and is not waited for. */
function missing(user: Step, by: readonly string[] | "rights", steps: readonly Step[]): string[] {
  const waited = ancestorsOf(user);
  const used = new Set(by === "rights" ? usedByTasks(user) : named(user, by));
  return steps
    .filter((step) => step.type !== user.type && !waited.has(step) && !isForPeople(step))
    .filter((step) => subjectsOf(step).some((subject) => used.has(subject)))
    .map((step) => `${nameOf(user)} before ${step.type} ${nameOf(step)}`);
}

/** What properties name. One that stands for what it configures hands on its name: the bucket of a bucket's policy. */
function named({ waits }: Step, by: readonly string[]): Step[] {
  const direct = waits.filter((wait) => by.includes(wait.by)).map(({ on }) => on);
  return [...direct, ...direct.flatMap(subjectsOf)];
}

/** What a service waits for, what these are given, and what its roles' rights name. */
function usedByTasks(service: Step): Step[] {
  const direct = onlyGiven(service).map(({ on }) => on);
  const isOpen = ({ type }: Step): boolean => !(type in CONFIGURES) || type.startsWith("aws:iam/");
  return [
    ...direct,
    ...direct.flatMap((step) => (isOpen(step) ? onlyGiven(step).map(({ on }) => on) : subjectsOf(step))),
  ];
}

/** What a step configures. */
function subjectsOf({ type, waits }: Step): Step[] {
  return waits.filter(({ by }) => by === CONFIGURES[type]).map(({ on }) => on);
}

/** A person confirms it some time later. */
function isForPeople({ inputs }: Step): boolean {
  return inputs.protocol === "email";
}

/** All that a step waits for by what it is given. */
function ancestorsOf(step: Step, seen = new Set<Step>()): ReadonlySet<Step> {
  for (const { on } of onlyGiven(step)) if (!seen.has(on)) ancestorsOf(on, seen.add(on));
  return seen;
}

function onlyGiven({ waits }: Step): Step["waits"] {
  return waits.filter(({ by }) => by !== "parent" && by !== "provider");
}
