// Drift on the real engine: three changes behind its back are found, each once, and one `up` repairs them.
import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { walk } from "../../offline/engine/drift/example";
import { openOffline } from "../../offline/engine/offline-stack";
import { root } from "./support/stacks";

const program = `
require(${JSON.stringify(join(root, "start.cjs"))});
const aws = require("@pulumi/aws");
new aws.sqs.Queue("jobs", { visibilityTimeoutSeconds: 30 });
const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
const group = new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, description: "web" });
new aws.vpc.SecurityGroupIngressRule("https", {
  securityGroupId: group.id, ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/16",
});
new aws.s3.Bucket("files");
`;

describe("drift", function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "archipelago-drift-spec-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds exactly what was changed by hand, and nothing after the repair", async () => {
    const project = join(folder, "project");
    mkdirSync(project);
    writeFileSync(
      join(project, "Pulumi.yaml"),
      "name: toy\nruntime: { name: nodejs, options: { typescript: false } }\nmain: main.cjs\n",
    );
    writeFileSync(join(project, "package.json"), '{ "name": "toy", "version": "0.1.0" }');
    writeFileSync(join(project, "main.cjs"), program);
    symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
    const config = "config:\n  aws:region: eu-central-1\n";
    const stack = await openOffline({ stack: "local", project, work: join(folder, "work"), config });
    const { found, left } = await walk(stack, () => undefined);
    expect([...found].sort((a, b) => a.name.localeCompare(b.name))).to.deep.equal([
      { type: "aws:s3/bucket:Bucket", name: "files", was: "there", is: "gone" },
      {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "https",
        property: "cidrIpv4",
        was: '"10.0.0.0/16"',
        is: '"0.0.0.0/0"',
      },
      { type: "aws:sqs/queue:Queue", name: "jobs", property: "visibilityTimeoutSeconds", was: "30", is: "777" },
    ]);
    expect(left).to.deep.equal([]);
  });
});
