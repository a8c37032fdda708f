import { zipSync } from "fflate";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import {
  bundled,
  LambdaFunction,
  type LambdaFunctionArgs,
  validateFunction,
} from "../../../../components/aws/function";
import { deploy } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

const source = resolve(__dirname, "../../../../infra/functions/health-monitor");
const args: LambdaFunctionArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  description: "Looks for errors",
  code: { entry: join(source, "index.ts") },
};
const build = (more: Partial<LambdaFunctionArgs> = {}) =>
  deploy(() => new LambdaFunction("monitor", { ...args, ...more }), { existing: standing });
interface Document {
  readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: unknown }[];
}

const folders: string[] = [];
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "archipelago-function-"));
  folders.push(folder);
  return folder;
}
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The beginning of an executable for a processor (`e_machine`). */
function elf(machine: number): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF", "latin1");
  header.writeUInt16LE(machine, 18);
  return header;
}

/** A zip file with these files. */
function archiveWith(files: Readonly<Record<string, Buffer>>): string {
  const path = join(temporaryFolder(), "function.zip");
  writeFileSync(path, zipSync(files));
  return path;
}

describe("LambdaFunction", () => {
  it("is limited, traced, and logs to a group of its own", async () => {
    const deployment = await build();
    const { inputs } = deployment.one("aws:lambda/function:Function");
    expect(inputs).to.deep.include({
      runtime: "nodejs22.x",
      handler: "index.handler",
      architectures: ["arm64"],
      memorySize: 256,
      timeout: 30,
      reservedConcurrentExecutions: 10,
      tracingConfig: { mode: "Active" },
      deadLetterConfig: { targetArn: deployment.one("aws:sqs/queue:Queue").outputs.arn },
      loggingConfig: { logFormat: "JSON", logGroup: deployment.one("aws:cloudwatch/logGroup:LogGroup").outputs.name },
    });
    expect(inputs).to.not.have.property("vpcConfig");
  });

  it("may write its logs and traces, keep failed calls, and nothing else", async () => {
    const deployment = await build();
    const { Statement } = JSON.parse(String(deployment.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)) as Document;
    const logGroup = String(deployment.one("aws:cloudwatch/logGroup:LogGroup").outputs.arn);
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [["logs:CreateLogStream", "logs:PutLogEvents"], `${logGroup}:*`],
      [["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*"],
      ["sqs:SendMessage", deployment.one("aws:sqs/queue:Queue").outputs.arn],
      [["kms:Decrypt", "kms:GenerateDataKey"], deployment.one("aws:kms/key:Key").outputs.arn],
    ]);
  });

  it("gets what its grants say", async () => {
    const statement = { Action: "sns:Publish", Resource: "arn:aws:sns:eu-central-1:123456789012:alarms" };
    const grants = { topic: { statements: [statement], environment: { TOPIC: "alarms" } } };
    const deployment = await build({ grants, environment: { THRESHOLD: "10" } });
    const { Statement } = JSON.parse(String(deployment.one("aws:iam/rolePolicy:RolePolicy").inputs.policy)) as Document;
    expect(Statement.at(-1)).to.deep.include(statement);
    const { inputs } = deployment.one("aws:lambda/function:Function");
    expect(inputs.environment).to.deep.equal({ variables: { TOPIC: "alarms", THRESHOLD: "10" } });
    expect(inputs.kmsKeyArn).to.equal(deployment.one("aws:kms/key:Key").outputs.arn);
  });

  it("is called by the clock, by its own rule only", async () => {
    const rates: unknown[] = [];
    for (const every of ["1m", "5m", "1h", "2d"] as const) {
      const deployment = await build({ every });
      const rule = deployment.one("aws:cloudwatch/eventRule:EventRule");
      expect(deployment.one("aws:lambda/permission:Permission").inputs).to.deep.include({
        principal: "events.amazonaws.com",
        sourceArn: rule.outputs.arn,
      });
      rates.push(rule.inputs.scheduleExpression);
    }
    expect(rates).to.deep.equal(["rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(2 days)"]);
  });

  it("runs what was built elsewhere", async () => {
    const archive = archiveWith({ bootstrap: elf(62) });
    const built = { runtime: "provided.al2023", code: { archive }, architecture: "X86_64" } as const;
    const { inputs } = (await build(built)).one("aws:lambda/function:Function");
    expect(inputs).to.deep.include({ runtime: "provided.al2023", handler: "bootstrap", architectures: ["x86_64"] });
  });

  it("refuses an archive that Lambda could not start", () => {
    const problems = (archive: string, architecture: "ARM64" | "X86_64" = "ARM64") =>
      validateFunction({ ...args, runtime: "provided.al2023", code: { archive }, architecture }).map(
        ({ value, allowed }) => [value, allowed],
      );
    expect(problems(archiveWith({ bootstrap: elf(183) }))).to.deep.equal([]);
    expect(problems(archiveWith({ bootstrap: Buffer.from("#!/bin/sh\n") }))).to.deep.equal([]);
    expect(problems(archiveWith({ bootstrap: elf(62) }))).to.deep.equal([
      ["bootstrap for X86_64", "an executable for ARM64, as the function's architecture says"],
    ]);
    expect(problems(archiveWith({ bootstrap: elf(183) }), "X86_64")).to.deep.equal([
      ["bootstrap for ARM64", "an executable for X86_64, as the function's architecture says"],
    ]);
    // Mach-O, as a build on macOS gives it; and one that is cut off.
    for (const other of [Buffer.from("cffaedfe", "hex"), elf(183).subarray(0, 10)])
      expect(problems(archiveWith({ bootstrap: other }))).to.deep.equal([
        ["bootstrap", "an executable of Linux (ELF), or a script"],
      ]);
    expect(problems(archiveWith({ "release/bootstrap": elf(183) }))).to.deep.equal([
      [["release/bootstrap"], "an archive with the file bootstrap at its top"],
    ]);
    const broken = join(temporaryFolder(), "broken.zip");
    writeFileSync(broken, "PK");
    expect(problems(broken).map(([, allowed]) => allowed)).to.deep.equal(["a zip file or a folder"]);
    const folder = temporaryFolder();
    expect(problems(folder).map(([value]) => value)).to.deep.equal([[]]);
    writeFileSync(join(folder, "bootstrap"), elf(183));
    expect(problems(folder)).to.deep.equal([]);
  });

  it("is bundled to the same bytes where its packages are linked from elsewhere, as in the base of a review", () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-linked-"));
    try {
      const texts = [join(folder, "one"), join(folder, "two", "deep", "er")].map((place) => {
        mkdirSync(join(place, "code"), { recursive: true });
        symlinkSync(resolve("node_modules"), join(place, "node_modules"));
        writeFileSync(
          join(place, "code", "index.ts"),
          'import semver from "semver";\nexport const handler = () => semver;\n',
        );
        return bundled(join(place, "code", "index.ts"));
      });
      expect(texts[0]).to.contain('"../node_modules/semver/');
      expect(texts[1]).to.equal(texts[0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is bundled to the same bytes wherever the sources stand", () => {
    const folder = mkdtempSync(join(tmpdir(), "archipelago-bundle-"));
    try {
      const elsewhere = join(folder, "deep", "er");
      cpSync(source, elsewhere, { recursive: true });
      const text = bundled(join(source, "index.ts"));
      expect(bundled(join(elsewhere, "index.ts"))).to.equal(text);
      expect(text).to.contain('require("@aws-sdk/client-sns")');
      expect(text).to.not.contain("health-monitor");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("refuses bad arguments, all at once", () => {
    const problems = validateFunction({
      ...args,
      description: "",
      code: { archive: "no/such.zip" },
      memory: "64 MiB",
      timeout: "16m",
      maxEventAge: "30s",
      every: "90s",
      reservedConcurrency: 0,
      logRetentionInDays: 2,
      environment: { DB_PASSWORD: "hunter2hunter2" },
      sources: {
        events: {
          streamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
          grant: {},
          retries: -1,
          parallel: 11,
        },
        work: { queueArn: "arn:aws:sqs:eu-central-1:123456789012:work", grant: {}, batchSize: 20, concurrency: 50 },
      },
      grants: {
        database: {
          reaches: [{ port: 5432, to: "db", securityGroupId: "sg-db" }],
          secrets: { TOKEN: { arn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:token" } },
        },
      },
    });
    expect(problems.map(({ path }) => path)).to.deep.equal([
      "code.archive",
      "description",
      "memory",
      "timeout",
      "maxEventAge",
      "every",
      "reservedConcurrency",
      "logRetentionInDays",
      "environment.DB_PASSWORD",
      "sources.events.retries",
      "sources.events.parallel",
      "sources.work.window",
      "sources.work.concurrency",
      "grants.database.reaches",
      "grants.database.secrets",
    ]);
  });
});
