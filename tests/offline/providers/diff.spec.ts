import { expect } from "chai";
import { UNKNOWN, type Values } from "../../../offline/providers/core/values";
import { provider, subject } from "./support";

const aws = provider();
const diff = (type: string, olds: Values, news: Values, ignored: string[] = []) =>
  aws.diff(subject(type), olds, news, ignored);
const changes = (type: string, olds: Values, news: Values, ignored: string[] = []): string[] =>
  diff(type, olds, news, ignored).changes.map(
    ({ path, kind, replaces }) => `${kind} ${path}${replaces ? " replaces" : ""}`,
  );

describe("offline providers: diff", () => {
  it("finds nothing where nothing changed, whatever the order of keys", () => {
    expect(
      changes("aws:sqs/queue:Queue", { name: "a", tags: { x: "1", y: "2" } }, { tags: { y: "2", x: "1" }, name: "a" }),
    ).to.deep.equal([]);
  });

  it("names each changed property by its path", () => {
    expect(
      changes(
        "aws:sqs/queue:Queue",
        { delaySeconds: 1, tags: { a: "1", "b/c": "2" }, policy: "p" },
        { delaySeconds: 2, tags: { "b/c": "3", d: "4" } },
      ),
    ).to.deep.equal(["update delaySeconds", "delete policy", "delete tags.a", 'update tags["b/c"]', "add tags.d"]);
  });

  it("replaces where the cloud can't change in place", () => {
    expect(changes("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" })).to.deep.equal([
      "update cidrBlock replaces",
    ]);
    expect(
      changes(
        "aws:rds/instance:Instance",
        { username: "a", instanceClass: "x" },
        { username: "b", instanceClass: "y" },
      ),
    ).to.deep.equal(["update instanceClass", "update username replaces"]);
    expect(changes("aws:ecs/taskDefinition:TaskDefinition", { cpu: "256" }, { cpu: "512" })).to.deep.equal([
      "update cpu replaces",
    ]);
    expect(changes("aws:sqs/queue:Queue", {}, { region: "us-east-1" })).to.deep.equal(["add region replaces"]);
  });

  it("takes replacement from the SDK's documentation where no rule speaks of a type", () => {
    const [olds, news] = [{ domainName: "a", vpcOptions: { subnetIds: ["a"] } }, { domainName: "a" }];
    expect(changes("aws:opensearch/domain:Domain", olds, news)).to.deep.equal(["delete vpcOptions replaces"]);
    expect(changes("aws:opensearch/domain:Domain", olds, { ...olds, engineVersion: "2" })).to.deep.equal([
      "add engineVersion",
    ]);
  });

  it("counts an unknown new value as a change", () => {
    expect(changes("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }, { vpcId: UNKNOWN })).to.deep.equal([
      "update vpcId replaces",
    ]);
  });

  it("leaves out what is to be ignored", () => {
    expect(
      changes("aws:sqs/queue:Queue", { delaySeconds: 1, tags: { a: "1" } }, { delaySeconds: 2, tags: { a: "2" } }, [
        "tags",
      ]),
    ).to.deep.equal(["update delaySeconds"]);
  });

  it("deletes first when the name is the user's own, and creates first when it was generated", () => {
    const [olds, news] = [{ name: "mine", fifoQueue: true }, { name: "mine" }];
    expect(diff("aws:sqs/queue:Queue", olds, news).deleteBeforeReplace).to.equal(true);
    expect(
      diff("aws:sqs/queue:Queue", { ...olds, __defaults: ["name"] }, { ...news, __defaults: ["name"] })
        .deleteBeforeReplace,
    ).to.equal(false);
  });
});
