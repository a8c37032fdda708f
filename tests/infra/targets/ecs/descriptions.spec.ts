// What a description says of one service's runtime and routes is what its resources have.
import { expect } from "chai";
import { rightsOf } from "../../../support/least-privilege";
import { deployOne } from "../../support/one-service";

describe("a description", () => {
  it("reaches the container: user, folders, health, times and disk", async () => {
    const { one } = await deployOne({
      runtime: {
        user: "101:101",
        writablePaths: ["/var/cache/nginx"],
        containerHealthCheck: { command: ["CMD", "/check"] },
        startTime: "3m",
        stopTimeout: "2m",
        ephemeralStorage: "40 GiB",
      },
      exposes: { paths: ["/api"], authentication: "by-service" },
    });
    const task = one("aws:ecs/taskDefinition:TaskDefinition").inputs;
    const [container] = JSON.parse(String(task.containerDefinitions)) as Record<string, unknown>[];
    const { tmpfs } = container?.linuxParameters as { readonly tmpfs: readonly { readonly containerPath: string }[] };
    expect(container).to.include({ user: "101:101", stopTimeout: 120, readonlyRootFilesystem: true });
    expect(container?.healthCheck).to.include({ interval: 30 });
    expect(tmpfs.map(({ containerPath }) => containerPath)).to.deep.equal(["/tmp", "/var/cache/nginx"]);
    expect(task.ephemeralStorage).to.deep.equal({ sizeInGib: 40 });
    expect(one("aws:ecs/service:Service").inputs.healthCheckGracePeriodSeconds).to.equal(180);
  });

  it("reaches everything that a slow answer passes: proxy, load balancer, and a task that stops", async () => {
    const exposes = { paths: ["/api"], authentication: "by-service", responseTime: "2m" } as const;
    const { one } = await deployOne({ exposes });
    const { services } = one("aws:ecs/service:Service").inputs.serviceConnectConfiguration as {
      readonly services: readonly { readonly timeout?: object }[];
    };
    expect(services.map(({ timeout }) => timeout)).to.deep.equal([{ perRequestTimeoutSeconds: 120 }]);
    expect(one("aws:lb/loadBalancer:LoadBalancer").inputs.idleTimeout).to.equal(130);
    expect(one("aws:lb/targetGroup:TargetGroup").inputs.deregistrationDelay).to.equal(120);
  });

  it("leaves these times alone where it says nothing of them", async () => {
    const { one } = await deployOne({ exposes: { paths: ["/api"], authentication: "by-service" } });
    expect(JSON.stringify(one("aws:ecs/service:Service").inputs)).not.to.contain("perRequestTimeoutSeconds");
    expect(one("aws:lb/loadBalancer:LoadBalancer").inputs.idleTimeout).to.equal(60);
    expect(one("aws:lb/targetGroup:TargetGroup").inputs.deregistrationDelay).to.equal(30);
  });

  it("opens the firewall for uploads on its own paths only", async () => {
    const exposes = { paths: ["/api/images"], authentication: "by-service", maxBodySize: "10 MiB" } as const;
    const { one } = await deployOne({ exposes }, { waf: true });
    const rules = one("aws:wafv2/webAcl:WebAcl").inputs.rules as readonly { readonly name: string }[];
    expect(rules.map(({ name }) => name)).to.deep.equal([
      "RateLimitRule",
      "AWSManagedRulesCommonRuleSet",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesSQLiRuleSet",
      "BodySizeElsewhere",
      "BodySize-order",
    ]);
  });

  it("sends failed deployments to the topic of alarms", async () => {
    const { one } = await deployOne({});
    const { arn } = one("aws:cloudwatch/eventTarget:EventTarget", "cluster-failed-deployments").inputs;
    expect(arn).to.equal(one("aws:sns/topic:Topic").outputs.arn);
  });

  it("reaches the rights on a bucket: a service that reads its bucket can't write to it", async () => {
    const buckets = { reports: { access: "reads" }, images: {} } as const;
    const { resources, one } = await deployOne({ owns: { buckets } });
    const rights = (await rightsOf(resources))["order-task"] ?? [];
    const actionsOn = (name: string): string[] =>
      rights.filter((line) => line.startsWith("s3:") && line.includes(name)).map((line) => line.split(" ")[0] ?? "");
    expect(actionsOn("order-reports")).to.have.members(["s3:GetObject", "s3:ListBucket"]);
    expect(actionsOn("order-images")).to.include("s3:PutObject");
    const [container] = JSON.parse(
      String(one("aws:ecs/taskDefinition:TaskDefinition").inputs.containerDefinitions),
    ) as [{ readonly environment: readonly { readonly name: string }[] }];
    expect(container.environment.map(({ name }) => name)).to.include.members(["IMAGES_BUCKET", "REPORTS_BUCKET"]);
  });

  it("reaches queues and topics that keep the order of messages", async () => {
    const topics = { sales: { displayName: "Sales", fifo: true, events: { SOLD: {} } } };
    const { one } = await deployOne(
      { publishes: { sales: ["SOLD"] }, consumes: { work: { fifo: true, from: { sales: "all" } } } },
      {},
      { topics },
    );
    expect(one("aws:sqs/queue:Queue", "messaging-work").inputs.fifoQueue).to.equal(true);
    expect(one("aws:sns/topic:Topic", "messaging-sales").inputs.fifoTopic).to.equal(true);
    const plain = { sales: { ...topics.sales, fifo: false } };
    const refused = await deployOne(
      { publishes: { sales: ["SOLD"] }, consumes: { work: { fifo: true, from: { sales: "all" } } } },
      {},
      { topics: plain },
    ).catch(String);
    expect(refused).to.contain("services.order.consumes.work.from.sales");
    expect(refused).to.contain("set fifo: true on the topic sales, or remove fifo from the queue");
  });
});
