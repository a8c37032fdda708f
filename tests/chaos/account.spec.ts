import { expect } from "chai";
import { foundByTags } from "./account";
import type { Entry } from "./inventory";

const tags = { Project: "shop", Environment: "local" };

/** What an account holds. The URN says nothing: an account has none. */
function entry(type: string, id: string, inputs: object, outputs: object = {}): Entry {
  return { type, id, urn: "", file: "", content: { inputs, outputs } };
}

const role = entry("aws:iam/role:Role", "web", {}, { name: "web", tagsAll: { ...tags, Service: "web" } });
const theirs = entry("aws:iam/role:Role", "other", {}, { name: "other", tagsAll: { ...tags, Environment: "prod" } });
const topic = entry("aws:sns/topic:Topic", "arn:t", {}, { arn: "arn:t", tagsAll: tags });
const policy = (of: string): Entry => entry("aws:iam/rolePolicy:RolePolicy", `${of}:p`, { role: of });

describe("what an account's owner finds of a stack", () => {
  it("is what carries its tags, and what hangs on that by id, ARN or name", () => {
    const own = [
      role,
      topic,
      policy("web"),
      entry("aws:sns/topicSubscription:TopicSubscription", "s", { topic: "arn:t" }),
    ];
    const scaled = { name: "service/c/web" };
    const target = entry("aws:appautoscaling/target:Target", "t", {}, { resourceId: scaled.name, tagsAll: tags });
    const scaling = entry("aws:appautoscaling/policy:Policy", "p", { resourceId: scaled.name });
    const account = [...own, target, scaling, theirs, policy("other")];
    expect(foundByTags(account, tags)).to.have.members([...own, target, scaling]);
  });

  it("is not what has one tag of two, hangs on another's, or hangs on a thing of another type with the same name", () => {
    const half = entry("aws:sqs/queue:Queue", "q", {}, { tagsAll: { Project: "shop" } });
    const bucket = entry("aws:s3/bucket:Bucket", "web", {}, { bucket: "web" });
    const onBucket = entry("aws:s3/bucketPolicy:BucketPolicy", "web", { bucket: "web" });
    const untold = entry("aws:made/up:Thing", "x", { role: "web" });
    expect(foundByTags([role, half, theirs, policy("other"), bucket, onBucket, untold], tags)).to.deep.equal([role]);
  });
});
