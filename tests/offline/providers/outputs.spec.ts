import { expect } from "chai";
import { MemoryInventory } from "../../../offline/providers/core/record";
import { isSecret, plain, secret, UNKNOWN, type Value, type Values } from "../../../offline/providers/core/values";
import { provider, shown, subject } from "./support";

const TRUST = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
});
/** What the types' inputs name. */
const STANDING = [
  ["aws:ec2/vpc:Vpc", "v"],
  ["aws:ec2/securityGroup:SecurityGroup", "sg"],
] as const;
const HEX = "[0-9a-f]";
const REGION = "eu-central-1:111122223333";

/** What a type's creation returns for some of its outputs, each by the pattern that the cloud's own follow. */
const SHAPES: readonly (readonly [type: string, inputs: Values, outputs: Readonly<Record<string, RegExp>>])[] = [
  ["aws:sqs/queue:Queue", { name: "q" }, { id: /^https:\/\/sqs\.eu-central-1\.amazonaws\.com\/111122223333\/q$/, arn: new RegExp(`^arn:aws:sqs:${REGION}:q$`) }],
  ["aws:sns/topic:Topic", { name: "t" }, { id: new RegExp(`^arn:aws:sns:${REGION}:t$`), owner: /^111122223333$/ }],
  ["aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { id: new RegExp(`^vpc-${HEX}{17}$`), defaultSecurityGroupId: new RegExp(`^sg-${HEX}{17}$`) }],
  ["aws:ec2/subnet:Subnet", { vpcId: "v", cidrBlock: "10.0.1.0/24", availabilityZone: "eu-central-1b" }, { availabilityZoneId: /^euc1-az2$/, arn: new RegExp(`^arn:aws:ec2:${REGION}:subnet/subnet-${HEX}{17}$`) }],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: "v", serviceName: "com.amazonaws.eu-central-1.s3" }, { prefixListId: new RegExp(`^pl-${HEX}{17}$`) }],
  ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", { ipProtocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: "sg", cidrIpv4: "10.0.0.0/16" }, { id: new RegExp(`^sgr-${HEX}{17}$`), securityGroupRuleId: new RegExp(`^sgr-${HEX}{17}$`) }],
  ["aws:kms/key:Key", {}, { keyId: new RegExp(`^${HEX}{8}-${HEX}{4}-4${HEX}{3}-a${HEX}{3}-${HEX}{12}$`), arn: new RegExp(`^arn:aws:kms:${REGION}:key/${HEX}{8}-`) }],
  ["aws:iam/role:Role", { name: "r", assumeRolePolicy: TRUST }, { id: /^r$/, arn: /^arn:aws:iam::111122223333:role\/r$/, uniqueId: /^AROA[A-Z2-7]{17}$/ }],
  ["aws:secretsmanager/secret:Secret", { name: "s" }, { id: new RegExp(`^arn:aws:secretsmanager:${REGION}:secret:s-[A-Za-z0-9]{6}$`) }],
  ["aws:lb/loadBalancer:LoadBalancer", { name: "lb", internal: true, loadBalancerType: "application" }, { arn: new RegExp(`^arn:aws:elasticloadbalancing:${REGION}:loadbalancer/app/lb/${HEX}{16}$`), arnSuffix: new RegExp(`^app/lb/${HEX}{16}$`), dnsName: /^internal-lb-\d+\.eu-central-1\.elb\.amazonaws\.com$/ }],
  ["aws:lb/targetGroup:TargetGroup", { name: "tg", port: 80, protocol: "HTTP", vpcId: "v" }, { arnSuffix: new RegExp(`^targetgroup/tg/${HEX}{16}$`) }],
  ["aws:rds/instance:Instance", { identifier: "db", instanceClass: "db.t3.micro", engine: "postgres", username: "me", manageMasterUserPassword: true }, { id: /^db-[A-Z2-7]{26}$/, address: /^db\.c[a-z0-9]+\.eu-central-1\.rds\.amazonaws\.com$/, endpoint: /^db\..*:5432$/, port: /^5432$/ }],
  ["aws:rds/cluster:Cluster", { clusterIdentifier: "c", engine: "aurora-mysql" }, { id: /^c$/, endpoint: /^c\.cluster-c[a-z0-9]+\./, readerEndpoint: /^c\.cluster-ro-/, port: /^3306$/ }],
  ["aws:elasticache/replicationGroup:ReplicationGroup", { replicationGroupId: "g", description: "d" }, { primaryEndpointAddress: /^master\.g\..*\.euc1\.cache\.amazonaws\.com$/, configurationEndpointAddress: /^$/ }],
  ["aws:s3/bucket:Bucket", { bucket: "bucket" }, { arn: /^arn:aws:s3:::bucket$/, bucketRegionalDomainName: /^bucket\.s3\.eu-central-1\.amazonaws\.com$/ }],
  ["aws:ecs/cluster:Cluster", { name: "c" }, { id: new RegExp(`^arn:aws:ecs:${REGION}:cluster/c$`), name: /^c$/ }],
  ["aws:ecs/taskDefinition:TaskDefinition", { family: "f", containerDefinitions: '[{"name":"a","image":"a"}]' }, { arn: new RegExp(`^arn:aws:ecs:${REGION}:task-definition/f:1$`), revision: /^1$/ }],
  ["aws:apigatewayv2/api:Api", { name: "a", protocolType: "HTTP" }, { apiEndpoint: /^https:\/\/[a-z0-9]{10}\.execute-api\.eu-central-1\.amazonaws\.com$/ }],
  ["aws:ecr/repository:Repository", { name: "repo" }, { repositoryUrl: /^111122223333\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/repo$/ }],
  ["aws:cloudwatch/logGroup:LogGroup", { name: "/a/b" }, { id: /^\/a\/b$/, arn: new RegExp(`^arn:aws:logs:${REGION}:log-group:/a/b$`) }],
  ["aws:mq/broker:Broker", { brokerName: "b", engineType: "RabbitMQ", engineVersion: "3", hostInstanceType: "m", users: [] }, { arn: new RegExp(`^arn:aws:mq:${REGION}:broker/`) }],
]; // prettier-ignore

describe("offline providers: what a creation returns", () => {
  for (const [type, inputs, outputs] of SHAPES) {
    it(`${type} gets ${Object.keys(outputs).join(", ")}`, () => {
      const cloud = provider();
      for (const [named, id] of STANDING) cloud.found({ type: named, id, inputs: { cidrBlock: "10.0.0.0/16" } });
      const created = cloud.create(subject(type), inputs);
      const all: Values = { ...created.outputs, id: created.id };
      for (const [name, pattern] of Object.entries(outputs)) expect(shown(all[name]), name).to.match(pattern);
    });
  }

  it("follows the provider's configuration: partition, account, common tags", () => {
    const config = {
      region: "cn-north-1",
      allowedAccountIds: '["999988887777"]',
      defaultTags: '{"tags":{"a":"1","b":"2"}}',
    };
    const { outputs } = provider("aws", new MemoryInventory(), config).create(subject("aws:sns/topic:Topic"), {
      name: "t",
      tags: { b: "3" },
    });
    expect(outputs.arn).to.equal("arn:aws-cn:sns:cn-north-1:999988887777:t");
    expect(outputs.tagsAll).to.deep.equal({ a: "1", b: "3" });
  });

  it("a resource's own region wins over the provider's", () => {
    const { outputs } = provider().create(subject("aws:sns/topic:Topic"), { name: "t", region: "us-west-2" });
    expect(outputs).to.include({ arn: "arn:aws:sns:us-west-2:111122223333:t", region: "us-west-2" });
  });

  it("keeps secrets secret: those of the inputs, and those of the SDK", () => {
    const instance = {
      identifier: "db",
      instanceClass: "db.t3.micro",
      password: "hunter22",
      username: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "me" },
    };
    const { outputs } = provider().create(subject("aws:rds/instance:Instance"), instance);
    const secrets = Object.keys(outputs).filter((name) => isSecret(outputs[name]));
    expect(secrets).to.deep.equal(["password", "username"]);
  });

  it("gives a managed master password's secret, and none otherwise", () => {
    const secretsOf = (managed: boolean): Value | undefined =>
      provider().create(subject("aws:rds/cluster:Cluster"), {
        engine: "aurora-postgresql",
        clusterIdentifier: "c",
        manageMasterUserPassword: managed,
      }).outputs.masterUserSecrets;
    expect(secretsOf(false)).to.deep.equal([]);
    expect(JSON.stringify(secretsOf(true))).to.match(
      /"secretArn":"arn:aws:secretsmanager:eu-central-1:111122223333:secret:rds!cluster-/,
    );
  });
});

describe("offline providers: what a preview knows", () => {
  const unknownAt = (type: string, inputs: Values): string[] => {
    const outputs = provider().preview(subject(type), inputs);
    return Object.keys(outputs).filter((name) => outputs[name] === UNKNOWN);
  };

  it("knows inputs, tags, region and defaults; not what the cloud makes up", () => {
    const outputs = provider().preview(subject("aws:kms/key:Key"), { enableKeyRotation: true, tags: { a: "1" } });
    expect(Object.keys(outputs).filter((name) => outputs[name] === UNKNOWN)).to.deep.equal([
      "arn",
      "description",
      "keyId",
      "policy",
      "rotationPeriodInDays",
    ]);
    expect(outputs).to.deep.include({
      enableKeyRotation: true,
      isEnabled: true,
      region: "eu-central-1",
      tagsAll: { team: "sea", a: "1" },
    });
  });

  it("knows a name that a check has generated", () => {
    expect(unknownAt("aws:iam/role:Role", { name: "r-1234567", assumeRolePolicy: TRUST })).to.deep.equal([
      "arn",
      "createDate",
      "inlinePolicies",
      "managedPolicyArns",
      "namePrefix",
      "uniqueId",
    ]);
  });

  it("keeps what the cloud made up when an update is previewed", () => {
    const aws = provider();
    const queue = subject("aws:sqs/queue:Queue");
    const { outputs } = aws.create(queue, { name: "q" });
    const updated = aws.previewUpdate(queue, outputs, { name: "q", delaySeconds: 7 });
    expect(updated).to.include({ arn: outputs.arn, url: outputs.url, delaySeconds: 7 });
    expect(Object.values(updated)).not.to.include(UNKNOWN);
  });
});

describe("offline providers: random and Kubernetes", () => {
  it("makes passwords that hold what was asked for, and never the same twice", () => {
    const random = provider("random");
    const password = (name: string): string => {
      const inputs = { length: 24, special: false, minUpper: 3, minNumeric: 3 };
      return shown(
        plain(random.create(subject("random:index/randomPassword:RandomPassword", name), inputs).outputs.result ?? ""),
      );
    };
    const made = Array.from({ length: 20 }, (_, at) => password(`p${at}`));
    for (const text of made) {
      expect(text).to.match(/^[A-Za-z0-9]{24}$/);
      expect(text.replace(/[^A-Z]/g, "").length).to.be.at.least(3);
      expect(text.replace(/[^0-9]/g, "").length).to.be.at.least(3);
    }
    expect(new Set(made).size).to.equal(20);
  });

  it("encodes a random identifier in every form that it promises", () => {
    const { id, outputs } = provider("random").create(subject("random:index/randomId:RandomId"), {
      byteLength: 4,
      prefix: "p-",
    });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).to.have.length(4);
    expect(outputs).to.include({
      b64Url: `p-${id}`,
      hex: `p-${bytes.toString("hex")}`,
      dec: `p-${bytes.readUInt32BE()}`,
    });
  });

  it("names a Kubernetes object, and takes its declared properties", () => {
    const kubernetes = provider("kubernetes");
    const map = subject("kubernetes:core/v1:ConfigMap", "settings");
    const { inputs } = kubernetes.check(map, { data: { a: "b" } });
    const { id, outputs } = kubernetes.create(map, inputs);
    expect(id).to.match(/^settings-[0-9a-f]{7}$/);
    expect(outputs).to.deep.equal({ apiVersion: "v1", kind: "ConfigMap", data: { a: "b" }, metadata: { name: id } });
    expect(kubernetes.check(map, { dta: { a: "b" } }).failures.map(({ property }) => property)).to.deep.equal(["dta"]);
  });
});

describe("offline providers: outputs that are made of secrets", () => {
  const hidden = (value: Value | undefined, found: readonly string[] = [], path = ""): readonly string[] => {
    if (isSecret(value)) return [...found, path];
    if (typeof value !== "object" || value === null) return found;
    return Object.entries(value).flatMap(([key, item]) => hidden(item, [], path === "" ? key : `${path}.${key}`));
  };

  it("are secret, at preview, after the creation, an update and a read", () => {
    const cloud = provider();
    const queue = subject("aws:sqs/queue:Queue");
    const inputs: Values = {
      name: secret("orders"),
      tags: { owner: secret("sea lion"), colour: "blue" },
      delaySeconds: 7,
    };
    const all = ["arn", "name", "tags.owner", "tagsAll.owner", "url"];
    const { id, outputs } = cloud.create(queue, inputs);
    expect(hidden(outputs).toSorted()).to.deep.equal(all);
    expect(plain(outputs.tagsAll ?? null)).to.deep.equal({ team: "sea", owner: "sea lion", colour: "blue" });
    expect(hidden(cloud.read(queue, id)?.outputs).toSorted()).to.deep.equal(all);
    const changed = { ...inputs, tags: { owner: secret("sea bass"), colour: "sea bass green" }, delaySeconds: 8 };
    const updated = cloud.update(queue, id, outputs, changed);
    expect(hidden(updated).toSorted()).to.deep.equal([...all, "tags.colour", "tagsAll.colour"].toSorted());
    expect(hidden(provider().preview(queue, inputs)).toSorted()).to.deep.equal(["name", "tags.owner", "tagsAll.owner"]);
  });

  it("hide short texts only where they are the whole, and nothing without a secret", () => {
    const cloud = provider();
    const topic = (name: string, tags: Values): Values =>
      cloud.create(subject("aws:sns/topic:Topic", name), { name, tags }).outputs;
    expect(hidden(topic("events", { a: secret("e"), b: "e", c: "event" }))).to.deep.equal([
      "tags.a",
      "tags.b",
      "tagsAll.a",
      "tagsAll.b",
    ]);
    expect(hidden(topic("plain", { a: "x" }))).to.deep.equal([]);
  });
});
