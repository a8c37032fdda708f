import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaign, campaignLines } from "../chaos/campaign";
import type { Victim } from "../chaos/life";
import { faultsOf } from "../chaos/plan";
import { openOffline } from "../../cli/offline-stack";
import { writeProject } from "./support/project";

/** A few stores that name each other, so that a short campaign stays short; the e-commerce stack is `make chaos`'s. */
const program = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const { RandomPassword } = require("@pulumi/random");
const tags = { Project: "small", Environment: "local" };
const opts = { provider: new aws.Provider("aws", { region: "eu-central-1", defaultTags: { tags } }) };
const timeout = new pulumi.Config().requireNumber("timeout");
const key = new aws.kms.Key("key", { description: "stores" }, opts);
const password = new RandomPassword("password", { length: 32 });
const secret = new aws.secretsmanager.Secret("secret", { kmsKeyId: key.arn }, opts);
new aws.secretsmanager.SecretVersion("version", { secretId: secret.id, secretString: password.result }, opts);
const letters = new aws.sqs.Queue("letters", {}, opts);
for (const name of ["a", "b", "c", "d", "e", "f"]) {
  const queue = new aws.sqs.Queue(name, { visibilityTimeoutSeconds: timeout }, opts);
  new aws.sqs.RedrivePolicy(name, {
    queueUrl: queue.url,
    redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: letters.arn, maxReceiveCount: 3 }),
  }, opts);
}
if (timeout > 30) new aws.sns.Topic("added", {}, opts);
`;

/** The project in a folder of its own. */
function smallVictim(folder: string): Victim {
  writeProject(folder, "small", program);
  return {
    resources: 17,
    updated: 18,
    tags: { Project: "small", Environment: "local" },
    open: (work, change) =>
      openOffline({
        stack: "local",
        project: folder,
        work,
        config: `config:\n  aws:region: eu-central-1\n  small:timeout: "${change === undefined ? 30 : 31 + (change % 60)}"\n`,
      }),
  };
}

describe("a short chaos campaign", function () {
  this.timeout(300_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "archipelago-small-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("recovers from every fault by the runbook and loses nothing", async () => {
    const found = await campaign(smallVictim(folder), {
      seed: 1,
      runs: 6,
      faults: faultsOf(false),
      say: () => undefined,
    });
    expect(found.results.flatMap(({ lost, problems }) => [...lost, ...problems])).to.deep.equal([]);
    expect(found.runs).to.equal(6);
    expect(found.faults, campaignLines(found).join("\n")).to.be.at.least(4);
  });
});
