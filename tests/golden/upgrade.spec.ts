// What the comparison of two graphs finds, on changes that are planted in a small program.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { deploy } from "../../offline/providers/mocks";
import { graphIn, textOf } from "./file";
import { type Graph, graphOf } from "./graph";
import { faultsOf, unannounced } from "./notes";
import { lossesOf } from "./upgrade";

const place = { accountId: "123456789012", region: "eu-central-1" };

/** What may differ from the program as it is. */
interface Change {
  readonly component?: string;
  readonly componentAlias?: string;
  readonly vpc?: string;
  readonly vpcAlias?: string;
  readonly cidr?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly engine?: string;
  readonly ignoreChanges?: string[];
  readonly queue?: boolean;
}

class Shop extends pulumi.ComponentResource {
  constructor(name: string, change: Change, opts: pulumi.ComponentResourceOptions) {
    super("archipelago:test:Shop", name, {}, opts);
    const { vpc = "vpc", vpcAlias, cidr = "10.0.0.0/16", tags = {}, ignoreChanges = [] } = change;
    const network = new aws.ec2.Vpc(
      `${name}-${vpc}`,
      { cidrBlock: cidr, tags },
      { parent: this, ignoreChanges, ...(vpcAlias !== undefined && { aliases: [{ name: vpcAlias }] }) },
    );
    new aws.ec2.SecurityGroup(`${name}-group`, { vpcId: network.id, description: "Shop" }, { parent: this });
    if (change.queue !== false) new aws.sqs.Queue(`${name}-queue`, {}, { parent: this });
    this.registerOutputs({});
  }
}

async function graphWith(change: Change = {}): Promise<Graph> {
  const { component = "shop", componentAlias } = change;
  const opts = componentAlias === undefined ? {} : { aliases: [{ name: componentAlias }] };
  return graphOf((await deploy(() => new Shop(component, change, opts), place)).resources, place);
}

const lossesWith = async (change: Change): Promise<string[]> =>
  lossesOf(await graphWith(), await graphWith(change)).map(
    ({ kind, resource, because }) => `${kind} ${resource}: ${because}`,
  );

const VPC = "shop-vpc aws:ec2/vpc:Vpc";
const GROUP = "shop-group aws:ec2/securityGroup:SecurityGroup";
const QUEUE = "shop-queue aws:sqs/queue:Queue";
const GONE = "no resource has its URN or an alias";

describe("an update from one graph to another", () => {
  it("loses nothing when nothing changes, or what changes can be changed in place", async () => {
    expect(await lossesWith({})).to.deep.equal([]);
    expect(await lossesWith({ tags: { Team: "shop" } })).to.deep.equal([]);
  });

  it("deletes what is gone, and what is renamed without an alias", async () => {
    expect(await lossesWith({ queue: false })).to.deep.equal([`deletes ${QUEUE}: ${GONE}`]);
    // The new VPC has another identifier, and a security group can't move.
    expect(await lossesWith({ vpc: "network" })).to.deep.equal([`replaces ${GROUP}: vpcId`, `deletes ${VPC}: ${GONE}`]);
  });

  it("keeps what is renamed with an alias, its own or its component's, and what refers to it", async () => {
    expect(await lossesWith({ vpc: "network", vpcAlias: "shop-vpc" })).to.deep.equal([]);
    expect(await lossesWith({ component: "store" })).to.have.length(3);
    expect(await lossesWith({ component: "store", componentAlias: "shop" })).to.deep.equal([]);
  });

  it("replaces by a property that can't change in place, and then what refers to the replaced by such a property", async () => {
    expect(await lossesWith({ cidr: "10.1.0.0/16" })).to.deep.equal([
      `replaces ${GROUP}: vpcId`,
      `replaces ${VPC}: cidrBlock`,
    ]);
    expect(await lossesWith({ cidr: "10.1.0.0/16", ignoreChanges: ["cidrBlock"] })).to.deep.equal([]);
  });

  it("is excused by a note of this version that names the kind and the resource", async () => {
    const losses = lossesOf(await graphWith(), await graphWith({ cidr: "10.1.0.0/16" }));
    const left = (file: string, text: string) =>
      unannounced(losses, [{ file, text }], "0.2.0").map(({ resource }) => resource);
    const whole = "- replaces `shop-vpc aws:ec2/vpc:Vpc`\n- replaces `shop-g* aws:ec2/*`\n";
    expect(left("0.2.0-range.md", whole)).to.deep.equal([]);
    expect(left("0.1.0-range.md", whole)).to.deep.equal([GROUP, VPC]);
    expect(left("0.2.0-range.md", "- deletes `*`\n")).to.deep.equal([GROUP, VPC]);
    expect(left("0.2.0-range.md", "- replaces `shop-vpc aws:ec2/vpc:Vpc`\n")).to.deep.equal([GROUP]);
  });

  it("has notes that are complete", () => {
    const named = "- replaces `x aws:ec2/vpc:Vpc`\n";
    const complete = `${named}\n## What an operator does\n\nNothing.\n`;
    expect(faultsOf([{ file: "0.1.0-range.md", text: complete }])).to.deep.equal([]);
    const faults = faultsOf([
      { file: "range.md", text: complete },
      { file: "0.1.0-a.md", text: named },
      { file: "0.1.0-b.md", text: "## What an operator does\n\nNothing.\n" },
    ]);
    expect(faults.map((fault) => fault.split(":")[0])).to.deep.equal(["range.md", "0.1.0-a.md", "0.1.0-b.md"]);
  });
});

describe("a graph", () => {
  it("says what it reads of a run: references, policies, waits, and no account", async () => {
    const { resources } = await deploy(() => {
      const queue = new aws.sqs.Queue("jobs", {});
      const Statement = [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${place.accountId}:root` },
          Action: ["sqs:SendMessage"],
          Resource: queue.arn,
        },
      ];
      const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement });
      return new aws.sqs.QueuePolicy("jobs-policy", { queueUrl: queue.url, policy }, { protect: true });
    }, place);
    expect(graphOf(resources, place)["jobs-policy aws:sqs/queuePolicy:QueuePolicy"]).to.deep.equal({
      "jobs-policy aws:sqs/queuePolicy:QueuePolicy": {
        options: { protect: true },
        inputs: {
          policy: ["allow AWS arn:aws:iam::<account>:root sqs:SendMessage on <jobs.arn>"],
          queueUrl: "<jobs.id>",
        },
      },
    });
  });

  it("comes back from its text, whole or as what differs from another", async () => {
    const [one, other] = [await graphWith(), await graphWith({ queue: false, tags: { Team: "shop" } })];
    expect(graphIn(textOf("one", one))).to.deep.equal(one);
    const text = textOf("other", other, one);
    expect(text).to.include(`${QUEUE}: null`).and.not.include("shop-group");
    expect(graphIn(text, one)).to.deep.equal(other);
  });
});
