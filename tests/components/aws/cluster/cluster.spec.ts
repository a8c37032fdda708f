import { expect } from "chai";
import { Cluster, type ClusterArgs } from "../../../../components/aws/cluster";
import { type Deployment, deploy, outputOf } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const ARGS: ClusterArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  network: {
    vpcId: "vpc-1",
    cidr: "10.0.0.0/16",
    privateSubnetIds: ["subnet-a", "subnet-b"],
    publicSubnetIds: ["subnet-c", "subnet-d"],
  },
};
const DOMAIN = { domainName: "api.example.com", hostedZoneId: "Z0123456789" };
const start = (change: Partial<ClusterArgs> = {}): Promise<Deployment<Cluster>> =>
  deploy(() => new Cluster("cluster", { ...ARGS, ...change }), { existing: standing, region: "eu-central-1" });
const document = (text: unknown) => JSON.parse(String(text)) as { readonly Statement: readonly unknown[] };
const CHILDREN = [
  "archipelago:base:EncryptionKey cluster-exec",
  "archipelago:cluster:Cluster cluster",
  "aws:cloudwatch/logGroup:LogGroup cluster-exec",
  "aws:ec2/securityGroup:SecurityGroup cluster-alb",
  "aws:ecs/cluster:Cluster cluster",
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders cluster-capacity",
  "aws:kms/alias:Alias cluster-exec-alias",
  "aws:kms/key:Key cluster-exec-key",
  "aws:lb/listener:Listener cluster-alb-http",
  "aws:lb/loadBalancer:LoadBalancer cluster-alb",
  "aws:s3/bucket:Bucket cluster-access-logs",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration cluster-access-logs",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls cluster-access-logs",
  "aws:s3/bucketPolicy:BucketPolicy cluster-access-logs",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock cluster-access-logs",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration cluster-access-logs",
  "aws:s3/bucketVersioning:BucketVersioning cluster-access-logs",
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace cluster-namespace",
];
const children = ({ resources }: Deployment<Cluster>) => resources.map(({ type, name }) => `${type} ${name}`).sort();

describe("Cluster", () => {
  let internal: Deployment<Cluster>;
  before(async () => {
    internal = await start();
  });

  it("opens one way out of the load balancer where routes have tokens checked, and none elsewhere", async () => {
    const RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
    expect((await start()).ofType(RULE)).to.deep.equal([]);
    const { one } = await start({ https: DOMAIN, jwtValidation: true });
    const { securityGroupId, ipProtocol, fromPort, toPort, cidrIpv4 } = one(RULE, "cluster-alb-to-internet-443").inputs;
    expect({ securityGroupId, ipProtocol, fromPort, toPort, cidrIpv4 }).to.deep.equal({
      securityGroupId: one("aws:ec2/securityGroup:SecurityGroup").outputs.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
  });

  it("creates exactly these children", () => {
    expect(children(internal)).to.deep.equal(
      [...CHILDREN, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-alb-from-vpc-80"].sort(),
    );
  });

  it("creates exactly these children with a domain", async () => {
    expect(children(await start({ https: DOMAIN }))).to.deep.equal(
      [
        ...CHILDREN,
        "aws:acm/certificate:Certificate cluster-certificate",
        "aws:acm/certificateValidation:CertificateValidation cluster-certificate",
        "aws:lb/listener:Listener cluster-alb",
        "aws:route53/record:Record api.example.com-Z0123456789-alias",
        "aws:route53/record:Record api.example.com-Z0123456789-certificate",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-alb-from-vpc-443",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-alb-from-vpc-80",
      ].sort(),
    );
  });

  describe("tasks", () => {
    it("log every session to an encrypted group", async () => {
      const { result, one } = internal;
      const key = await outputOf(result.execKeyArn);
      const group = one("aws:cloudwatch/logGroup:LogGroup");
      expect(group.inputs).to.include({ kmsKeyId: key, retentionInDays: 90 });
      expect(one("aws:ecs/cluster:Cluster").inputs.configuration).to.deep.equal({
        executeCommandConfiguration: {
          kmsKeyId: key,
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: group.outputs.name },
        },
      });
    });

    it("find each other in microservices.local, by Service Connect", () => {
      const namespace = internal.one("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace");
      expect(namespace.inputs).to.include({ name: "microservices.local", vpc: "vpc-1" });
      const { inputs } = internal.one("aws:ecs/cluster:Cluster");
      expect(inputs.serviceConnectDefaults).to.deep.equal({ namespace: namespace.outputs.arn });
      expect(inputs.settings).to.deep.equal([{ name: "containerInsights", value: "enabled" }]);
    });

    it("run on demand by default", async () => {
      expect(await outputOf(internal.result.capacityProviderStrategy)).to.deep.equal([
        { capacityProvider: "FARGATE", weight: 1 },
      ]);
    });

    it("are split as asked, and the cluster knows both providers", async () => {
      const { result, one } = await start({ capacity: { base: 1, onDemandWeight: 1, spotWeight: 4 } });
      const strategy = [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 4 },
      ];
      expect(await outputOf(result.capacityProviderStrategy)).to.deep.equal(strategy);
      expect(one("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders").inputs).to.deep.include({
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategies: strategy,
      });
    });

    it("get sessions by a grant only", async () => {
      const { result, one } = internal;
      const arn = String(one("aws:cloudwatch/logGroup:LogGroup").outputs.arn);
      const statements = result.grantExec().statements ?? [];
      const read = await Promise.all(
        statements.map(async ({ Action, Resource }) => [Action, await outputOf(Resource as string)]),
      );
      expect(read).to.deep.equal([
        [
          [
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
          "*",
        ],
        ["kms:Decrypt", await outputOf(result.execKeyArn)],
        ["logs:DescribeLogGroups", "*"],
        [["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], `${arn}:*`],
      ]);
    });
  });

  describe("failed deployments", () => {
    const RULE = "aws:cloudwatch/eventRule:EventRule";
    const alarmTopicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";

    it("go to the alarm topic, those of this cluster's services only", async () => {
      const { one } = await start({ alarmTopicArn });
      expect(JSON.parse(String(one(RULE).inputs.eventPattern))).to.deep.equal({
        source: ["aws.ecs"],
        "detail-type": ["ECS Deployment State Change"],
        resources: [
          {
            prefix: `arn:aws:ecs:eu-central-1:123456789012:service/${String(one("aws:ecs/cluster:Cluster").outputs.name)}/`,
          },
        ],
        detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
      });
      const { rule, arn, roleArn } = one("aws:cloudwatch/eventTarget:EventTarget").inputs;
      expect({ rule, arn, roleArn }).to.deep.equal({
        rule: one(RULE).outputs.name,
        arn: alarmTopicArn,
        roleArn: undefined,
      });
    });

    it("have no rule without a topic", () => {
      expect(internal.ofType(RULE)).to.deep.equal([]);
    });
  });

  describe("load balancer", () => {
    it("is internal, strict, protected and logged by default", () => {
      const group = internal.one("aws:ec2/securityGroup:SecurityGroup").outputs.id;
      expect(internal.one("aws:lb/loadBalancer:LoadBalancer").inputs).to.deep.equal({
        loadBalancerType: "application",
        internal: true,
        subnets: ["subnet-a", "subnet-b"],
        securityGroups: [group],
        accessLogs: { bucket: internal.one("aws:s3/bucket:Bucket").outputs.bucket, enabled: true },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        idleTimeout: 60,
        enableDeletionProtection: true,
      });
    });

    it("bears as much silence as an argument says", async () => {
      const { one } = await start({ idleTimeout: "5m" });
      expect(one("aws:lb/loadBalancer:LoadBalancer").inputs.idleTimeout).to.equal(300);
    });

    it("answers 404 by HTTP where nothing else is said", async () => {
      const { inputs } = internal.one("aws:lb/listener:Listener");
      expect(inputs).to.include({ port: 80, protocol: "HTTP" });
      expect(inputs.defaultActions).to.deep.equal([
        {
          type: "fixed-response",
          fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "Service not found" },
        },
      ]);
      const dnsName = String(internal.one("aws:lb/loadBalancer:LoadBalancer").outputs.dnsName);
      expect(await outputOf(internal.result.url)).to.equal(`http://${dnsName}`);
    });

    it("lets the VPC in and nothing out", () => {
      const group = internal.one("aws:ec2/securityGroup:SecurityGroup").inputs;
      expect([group.ingress, group.egress]).to.deep.equal([undefined, undefined]);
      const rule = internal.one("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs;
      expect(rule).to.include({ cidrIpv4: "10.0.0.0/16", fromPort: 80, toPort: 80, ipProtocol: "tcp" });
      expect(internal.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).to.deep.equal([]);
    });

    it("is public by choice: in public subnets, by HTTPS, with a redirect", async () => {
      const { ofType, one } = await start({ internetFacing: true, https: DOMAIN });
      const { inputs } = one("aws:lb/loadBalancer:LoadBalancer");
      expect(inputs).to.deep.include({ internal: false, subnets: ["subnet-c", "subnet-d"] });
      const rules = ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
      expect(rules.map((rule) => [rule.inputs.cidrIpv4, rule.inputs.fromPort])).to.deep.equal([
        ["0.0.0.0/0", 443],
        ["0.0.0.0/0", 80],
      ]);
      expect(one("aws:lb/listener:Listener", "cluster-alb-http").inputs.defaultActions).to.deep.equal([
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ]);
    });

    it("shows a certificate only once it is valid, and answers to the domain", async () => {
      const { result, one } = await start({ https: DOMAIN });
      const listener = one("aws:lb/listener:Listener", "cluster-alb");
      expect(listener.inputs).to.include({
        port: 443,
        protocol: "HTTPS",
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificateArn: one("aws:acm/certificateValidation:CertificateValidation").outputs.certificateArn,
      });
      expect(await outputOf(result.listenerArn)).to.equal(listener.outputs.arn);
      expect(await outputOf(result.url)).to.equal("https://api.example.com");
      const alias = one("aws:route53/record:Record", "api.example.com-Z0123456789-alias").inputs;
      expect([alias.name, alias.type, alias.zoneId]).to.deep.equal(["api.example.com", "A", "Z0123456789"]);
    });

    it("takes a certificate that exists", async () => {
      const certificateArn = "arn:aws:acm:eu-central-1:123456789012:certificate/1";
      const { ofType, one } = await start({ https: { certificateArn } });
      expect(one("aws:lb/listener:Listener", "cluster-alb").inputs.certificateArn).to.equal(certificateArn);
      expect(ofType("aws:acm/certificate:Certificate")).to.deep.equal([]);
    });
  });

  describe("access logs", () => {
    it("take TLS and this account's load balancers only", () => {
      const arn = String(internal.one("aws:s3/bucket:Bucket").outputs.arn);
      expect(document(internal.one("aws:s3/bucketPolicy:BucketPolicy").inputs.policy).Statement).to.deep.equal([
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          Sid: "DeliverAccessLogs",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${arn}/AWSLogs/123456789012/*`,
        },
      ]);
    });

    it("are private, encrypted and kept for ninety days", () => {
      expect(internal.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).to.include({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      const encryption = internal.one(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      );
      expect(encryption.inputs.rules).to.deep.equal([
        { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      ]);
      const lifecycle = internal.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
      const [rule] = lifecycle.inputs.rules as Record<string, unknown>[];
      expect(rule?.expiration).to.deep.equal({ days: 90 });
    });
  });

  it("goes quietly when its data is not protected", async () => {
    const { one } = await start({ protectData: false });
    expect(one("aws:lb/loadBalancer:LoadBalancer").inputs.enableDeletionProtection).to.equal(false);
    expect(one("aws:s3/bucket:Bucket").inputs.forceDestroy).to.equal(true);
    expect(internal.one("aws:s3/bucket:Bucket").inputs.forceDestroy).to.equal(false);
  });

  it("puts its tags on every child that takes them", async () => {
    const { resources } = await start({ tags: { Team: "shop" }, https: DOMAIN });
    const untagged = resources
      .filter(({ inputs }) => (inputs.tags as Record<string, string> | undefined)?.Team !== "shop")
      .map(({ type }) => type);
    expect([...new Set(untagged)].sort()).to.deep.equal([
      "archipelago:base:EncryptionKey",
      "archipelago:cluster:Cluster",
      "aws:acm/certificateValidation:CertificateValidation",
      "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
      "aws:kms/alias:Alias",
      "aws:route53/record:Record",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
    ]);
  });

  it("lets its user change any child", async () => {
    const { one } = await start({
      transform: { loadBalancer: { idleTimeout: 30 }, cluster: (args) => (args.settings = []) },
    });
    expect(one("aws:lb/loadBalancer:LoadBalancer").inputs.idleTimeout).to.equal(30);
    expect(one("aws:ecs/cluster:Cluster").inputs.settings).to.deep.equal([]);
  });

  it("creates nothing when an argument is wrong", async () => {
    const message = await start({ internetFacing: true, namespace: "Shop" }).then(
      () => "no error",
      (error: unknown) => String(error),
    );
    expect(message).to.contain('archipelago:cluster:Cluster "cluster": 2 problems; nothing was created.');
  });
});
