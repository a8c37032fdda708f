import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { deploy, outputOf } from "../../../offline/providers/mocks";

const policyText = (arn: string): string =>
  JSON.stringify({ Statement: [{ Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: arn }] });
const policyOf = (arn: pulumi.Output<string>): pulumi.Output<string> => arn.apply(policyText);

class Pair extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Pair", name, {}, opts);
    const queue = new aws.sqs.Queue(`${name}-queue`, { tags: { a: "1" } }, { parent: this });
    new aws.sqs.QueuePolicy(`${name}-policy`, { queueUrl: queue.url, policy: policyOf(queue.arn) }, { parent: this });
    this.url = queue.url;
    this.registerOutputs({ url: this.url });
  }
}

async function refusal(program: () => unknown): Promise<string> {
  try {
    await deploy(program);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was refused";
}

describe("offline providers: deploy in process", () => {
  it("registers children with types, parents, inputs as given and outputs as provided", async () => {
    const { result, resources, one, ofType } = await deploy(() => new Pair("pair"));
    expect(resources.map(({ type, name, parent }) => [type, name, parent?.split("::").at(-1)])).to.deep.equal([
      ["test:index:Pair", "pair", undefined],
      ["aws:sqs/queue:Queue", "pair-queue", "pair"],
      ["aws:sqs/queuePolicy:QueuePolicy", "pair-policy", "pair"],
    ]);
    const queue = one("aws:sqs/queue:Queue");
    expect(queue.inputs).to.deep.equal({ tags: { a: "1" } });
    expect(queue.urn).to.equal("urn:pulumi:stack::project::test:index:Pair$aws:sqs/queue:Queue::pair-queue");
    expect(one("aws:sqs/queuePolicy:QueuePolicy").inputs).to.deep.equal({
      queueUrl: queue.outputs.url,
      policy: policyText(String(queue.outputs.arn)),
    });
    expect(one("test:index:Pair").outputs).to.deep.equal({ url: queue.outputs.url });
    expect(await outputOf(result.url)).to.equal(queue.outputs.url);
    expect(ofType("aws:sqs/queue:Queue")).to.deep.equal([queue]);
  });

  it("leaves what the cloud makes up unknown at preview", async () => {
    const { result, one } = await deploy(() => new Pair("pair"), { preview: true });
    expect(await outputOf(result.url)).to.equal(undefined);
    expect(one("aws:sqs/queue:Queue").outputs).not.to.have.property("id");
  });

  it("gives the same identifiers in every run", async () => {
    const ids = async (): Promise<unknown> =>
      (await deploy(() => new Pair("pair"))).resources.map(({ outputs }) => outputs.id);
    expect(await ids()).to.deep.equal(await ids());
  });

  it("keeps runs that overlap apart", async () => {
    const names = ["one", "two", "three"];
    const runs = await Promise.all(names.map((name) => deploy(() => new Pair(name))));
    expect(runs.map(({ resources }) => resources.map(({ name }) => name))).to.deep.equal(
      names.map((name) => [name, `${name}-queue`, `${name}-policy`]),
    );
  });

  it("follows the provider that a component hands down", async () => {
    const { one } = await deploy(() => {
      const provider = new aws.Provider("aws", {
        region: "eu-west-1",
        allowedAccountIds: ["999988887777"],
        defaultTags: { tags: { b: "2" } },
      });
      return new Pair("pair", { providers: { aws: provider } });
    });
    const { outputs } = one("aws:sqs/queue:Queue");
    expect(outputs.arn).to.match(/^arn:aws:sqs:eu-west-1:999988887777:pair-queue-/);
    expect(outputs.tagsAll).to.deep.equal({ a: "1", b: "2" });
  });

  it("waits for what is registered inside an apply", async () => {
    const { resources } = await deploy(() => {
      const first = new aws.sqs.Queue("first");
      first.url.apply((url) =>
        new aws.sqs.Queue("second", { tags: { url } }).url.apply(() => new aws.sqs.Queue("third")),
      );
    });
    expect(resources.map(({ name }) => name)).to.deep.equal(["first", "second", "third"]);
  });

  it("answers who and where one is", async () => {
    const { result } = await deploy(() =>
      pulumi.all([aws.getCallerIdentityOutput(), aws.getAvailabilityZonesOutput()]),
    );
    const [identity, zones] = await outputOf(result);
    expect(identity.accountId).to.equal("123456789012");
    expect(zones.names).to.deep.equal(["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  it("rejects with every kind of error", async () => {
    expect(await refusal(() => { throw new Error("thrown at once"); })).to.equal("thrown at once"); // prettier-ignore
    expect(await refusal(() => new aws.sqs.Queue("q", { delaySeconds: "soon" as unknown as number }))).to.equal(
      'aws:sqs/queue:Queue "q" was refused:\n  delaySeconds: expected a number, got a string ("soon")',
    );
    expect(
      await refusal(() => [new aws.sqs.Queue("a", { name: "x" }), new aws.sqs.Queue("b", { name: "x" })]),
    ).to.match(/"x" already exists/);
    expect(await refusal(() => [new aws.sqs.Queue("a"), new aws.sqs.Queue("a")])).to.match(/^Duplicate resource URN/);
    const inApply = (): unknown => {
      const failing = new aws.sqs.Queue("q").arn.apply((): string => {
        throw new Error("thrown in an apply");
      });
      return new aws.sqs.QueuePolicy("p", { queueUrl: failing, policy: "" });
    };
    expect(await refusal(inApply)).to.match(/thrown in an apply/);
    expect(await refusal(() => aws.ec2.getAmi({}))).to.match(/^offline: aws:ec2\/getAmi:getAmi is not emulated/);
  });

  it("says what it has when it can't find the one resource that was asked for", async () => {
    const { one } = await deploy(() => [new aws.sqs.Queue("a"), new aws.sqs.Queue("b")]);
    expect(() => one("aws:sqs/queue:Queue")).to.throw(
      'expected one aws:sqs/queue:Queue, found 2; registered of that type: "a", "b"',
    );
    expect(() => one("aws:sqs/queue:Queue", "c")).to.throw('expected one aws:sqs/queue:Queue "c", found 0');
    expect(one("aws:sqs/queue:Queue", "b").name).to.equal("b");
  });
});
