// Drift on the real engine: three changes behind its back are found, each once, and one `up` repairs them.
import { expect } from "chai";
import { join } from "node:path";
import { walk } from "../drift/example";
import { writeProject } from "./support/project";
import { Workspace } from "./support/stacks";

const program = `
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
  const workspace = new Workspace();
  after(() => {
    workspace.remove();
  });

  it("finds exactly what was changed by hand, and nothing after the repair", async () => {
    const project = writeProject(join(workspace.folder, "project"), "toy", program);
    const stack = await workspace.openProject(project, "local", { "aws:region": "eu-central-1" });
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
