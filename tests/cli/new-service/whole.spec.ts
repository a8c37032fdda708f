// `make new-service` from one end to the other, in a copy of the program: what it prints, and what it leaves behind.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repository, stackFiles } from "./clone";

/** What the verb reads: all that runs, and what it writes. */
const COPIED = [
  "infra",
  "components",
  "cli",
  "offline",
  "cli",
  "register.cjs",
  "Pulumi.yaml",
  "package.json",
  "package-lock.json",
  ".prettierrc.json",
];
const WRITTEN = ["README.md", "docs", "tests/infra/systems"];

describe("make new-service", function () {
  this.timeout(480_000);
  let root = "";
  before(() => {
    root = mkdtempSync(join(tmpdir(), "archipelago-whole-"));
    for (const path of [...COPIED, ...WRITTEN, ...stackFiles(repository)]) {
      cpSync(join(repository, path), join(root, path), { recursive: true });
    }
    symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  });
  after(() => {
    rmSync(root, { recursive: true });
  });

  const run = (asked: Readonly<Record<string, string>>) =>
    // Not by cli/archipelago.cjs: it would install packages, and through the link they are this clone's.
    spawnSync(process.execPath, ["-r", "./cli/preload.cjs", "cli/main.ts", "new-service"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, STACK: "local", NAME: "", CONTEXT: "", SYSTEM: "", ...asked },
    });
  /** What it says on the error stream, without its progress. */
  const without = (stderr: string): string =>
    stderr.replace(/^adding the service, .*\n|^(?:building|drawing) .*\(.* s\)\n/gm, "");
  const read = (file: string): string => readFileSync(join(root, file), "utf8");

  it("refuses before it writes, in words and with status 1", () => {
    const { status, stdout, stderr } = run({ NAME: "Gift Card", CONTEXT: "ProductCatalogue" });
    expect([status, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.include('did you mean "ProductCatalog"?');
    expect(read("infra/systems/ecommerce.ts")).to.equal(
      readFileSync(join(repository, "infra/systems/ecommerce.ts"), "utf8"),
    );
  });

  it("puts every file back when a later step fails, and says so without a stack", () => {
    const files = ["infra/systems/ecommerce.ts", "Pulumi.dev.yaml", "README.md", "cli/verbs/diagram.ts"];
    const before = files.map(read);
    const drawing = join(root, "cli/verbs/diagram.ts");
    const original = read("cli/verbs/diagram.ts");
    const failing = 'require("node:fs").writeFileSync("README.md", "half"); console.error("no ink"); process.exit(1);';
    // The verb new-service loads the module as well.
    writeFileSync(drawing, `if (process.argv[2] === "diagram") { ${failing} }\n${original}`);
    const { status, stdout, stderr } = run({ NAME: "gift-card" });
    writeFileSync(drawing, original);
    expect([status, stdout]).to.deep.equal([1, ""]);
    expect(without(stderr)).to.equal(
      "make diagram fails with the new service:\nno ink\nNothing has changed: every file is as it was.\n",
    );
    expect(files.map(read)).to.deep.equal(before);
    expect(existsSync(join(root, "tests/infra/systems/gift-card.spec.ts"))).to.equal(false);
  });

  it("adds the service, then shows its resources, rights, rules and variables, and that nothing else changes", () => {
    const { status, stdout, stderr } = run({ NAME: "gift-card", CONTEXT: "ProductCatalog" });
    expect([status, without(stderr)]).to.deep.equal([0, ""]);
    const lines = stdout.split("\n");
    expect(lines[0]).to.equal("gift-card is described in ecommerce, in context ProductCatalog");
    expect(lines).to.include("  README.md, made again");
    const [, excerpt = ""] = /```text\n(gift-card [\s\S]*?)```/.exec(read("README.md")) ?? [];
    expect(
      excerpt
        .trimEnd()
        .split("\n")
        .filter((line) => !lines.includes(line)),
    ).to.deep.equal([]);
    expect(read("docs/catalog/ecommerce-services.md")).to.include("gift-card");
    expect(read("README.md")).to.include('    gift_card["gift-card"]:::service\n');
    expect(lines.filter((line) => line.length > 100)).to.deep.equal([]);
    const under = (title: string): string[] =>
      lines.slice(lines.indexOf(title) + 1, lines.indexOf("", lines.indexOf(title)));
    expect(lines).to.include("entrance api gets the route; nothing else that exists changes");
    expect(
      under("new resources")
        .filter((line) => /^ {2}\S/.test(line))
        .map((line) => line.replace(/\d+/, "N")),
    ).to.deep.equal([
      "  gift-card (Microservice): N resources",
      "  gift-card-attention (AlarmGroup): N resource",
      "  gift-card-dashboard (Dashboard): N resource",
      "  gift-card-db (PostgresDatabase): N resources",
      "  gift-card-db-users (LambdaFunction): N resources",
      "  gift-card-failing (AlarmGroup): N resource",
      "  gift-card-migration (OneOffTask): N resources",
    ]);
    expect(under("rights of new roles")).to.deep.equal([
      "  gift-card-db-monitoring, for monitoring.rds.amazonaws.com",
      "    all that AWS's AmazonRDSEnhancedMonitoringRole allows",
      "  gift-card-db-users, for lambda.amazonaws.com",
      "    logs:CreateLogStream, PutLogEvents          gift-card-db-users:*",
      "    xray:PutTelemetryRecords, PutTraceSegments  *",
      "    sqs:SendMessage                             gift-card-db-users-dead-letter",
      "    kms:Decrypt, GenerateDataKey                gift-card-db-users-key",
      "    ec2:AssignPrivateIpAddresses, CreateNetworkInterface, DeleteNetworkInterface,",
      "      UnassignPrivateIpAddresses",
      "                                                network-interface/*, network-private-eu-central-1a,",
      "                                                network-private-eu-central-1b,",
      "                                                gift-card-db-users-function",
      "    ec2:DescribeNetworkInterfaces, DescribeSubnets",
      "                                                *",
      "    never ec2:AssignPrivateIpAddresses, CreateNetworkInterface, DeleteNetworkInterface,",
      "      UnassignPrivateIpAddresses, DescribeNetworkInterfaces, DescribeSubnets",
      "                                                *",
      "                                                if Null lambda:SourceFunctionArn false",
      "    secretsmanager:GetSecretValue               master secret of gift-card-db-instance",
      "    kms:Decrypt                                 gift-card-db-key",
      "                                                if StringEquals kms:ViaService",
      "                                                secretsmanager.eu-central-1.amazonaws.com",
      "  gift-card-execution, for ecs-tasks.amazonaws.com",
      "    logs:CreateLogStream, PutLogEvents  gift-card-logs:*",
      "    ecr:BatchCheckLayerAvailability, BatchGetImage, GetDownloadUrlForLayer",
      "                                        repository/ecommerce/gift-card,",
      "                                        repository/aws-otel-collector",
      "    ecr:GetAuthorizationToken           *",
      "  gift-card-migration-execution, for ecs-tasks.amazonaws.com",
      "    logs:CreateLogStream, PutLogEvents  gift-card-migration-logs:*",
      "    ecr:BatchCheckLayerAvailability, BatchGetImage, GetDownloadUrlForLayer",
      "                                        repository/ecommerce/gift-card",
      "    ecr:GetAuthorizationToken           *",
      "  gift-card-migration-task, for ecs-tasks.amazonaws.com",
      "    secretsmanager:GetSecretValue  master secret of gift-card-db-instance",
      "    kms:Decrypt                    gift-card-db-key",
      "                                   if StringEquals kms:ViaService",
      "                                   secretsmanager.eu-central-1.amazonaws.com",
      "  gift-card-task, for ecs-tasks.amazonaws.com",
      "    rds-db:connect                              dbuser:gift-card-db-instance/app",
      "    xray:PutTelemetryRecords, PutTraceSegments  *",
    ]);
    expect(under("new security-group rules")).to.deep.equal([
      "  cluster-alb                  out  tcp 8080 to gift-card-tasks",
      "  gift-card-db-security-group  in   tcp 5432 from gift-card-db-users-function",
      "  gift-card-db-security-group  in   tcp 5432 from gift-card-migration-tasks",
      "  gift-card-db-security-group  in   tcp 5432 from gift-card-tasks",
      "  gift-card-db-users-function  out  tcp 443 to network-endpoints",
      "  gift-card-db-users-function  out  tcp 443 to prefix list of network-s3",
      "  gift-card-db-users-function  out  tcp 5432 to gift-card-db-security-group",
      "  gift-card-migration-tasks    out  tcp 443 to network-endpoints",
      "  gift-card-migration-tasks    out  tcp 443 to prefix list of network-s3",
      "  gift-card-migration-tasks    out  tcp 5432 to gift-card-db-security-group",
      "  gift-card-tasks              in   tcp 8080 from cluster-alb",
      "  gift-card-tasks              out  tcp 443 to network-endpoints",
      "  gift-card-tasks              out  tcp 443 to prefix list of network-s3",
      "  gift-card-tasks              out  tcp 5432 to gift-card-db-security-group",
    ]);
    // Variables by which tracing is set are the same for every service.
    const variables = under("environment of gift-card").filter((line) => /^ {2}(?!OTEL_)\S/.test(line));
    expect(variables.map((line) => line.trim().split(/ {2,}/))).to.deep.equal([
      ["AWS_REGION", "eu-central-1"],
      ["DB_HOST", "address of gift-card-db-instance"],
      ["DB_NAME", "giftcardservice"],
      ["DB_PORT", "5432"],
      ["DB_USERNAME", "app"],
      ["SERVICE_NAME", "gift-card"],
      ["SERVICE_PORT", "8080"],
    ]);
  });
});
