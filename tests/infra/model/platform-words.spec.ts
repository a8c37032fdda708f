// The model decides nothing about a platform: words of AWS stand where a team writes them (schemas), and nowhere else.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const model = join(__dirname, "../../../infra/model");
const WORDS =
  /\b(?:aws|AWS|Amazon|ECS|EKS|Fargate|SQS|SNS|RDS|DynamoDB|ElastiCache|S3|EC2|IAM|VPC|ARN|CloudWatch|Lambda|KMS|WAF|EventBridge|Kinesis|Cognito|Secrets Manager|Service Connect|Step Functions|OpenSearch|DocumentDB)\b/;

/** Modules of the schema: they say what a team writes, with the values that a platform has for it. */
const SCHEMA = /(?:^|\/)(?:description|exposure|runtime|settings|environment)\.ts$/;

/** Other files that have such a word. */
const REASONS: Readonly<Record<string, string>> = {
  "kinds/function/uses.ts": "a comment names the network that a platform may put a function into",
  "kinds/function/validate.ts": "a comment names the guide from which a number is",
  "kinds/saga/derive.ts": "comments name what one platform makes of a saga",
  "kinds/saga/index.ts": "`<SAGA>_WORKFLOW_ARN` is a variable that services read",
  "kinds/topic/index.ts": "`<TOPIC>_TOPIC_ARN` is a variable that services read",
  "kinds/search/index.ts": "pictures name the search engine, whose protocol services speak, as they name PostgreSQL",
  "parse-settings.ts": "the remedy for a secret that `archipelago:secrets` does not name",
  "read-settings.ts": "namespaces of Pulumi's providers, whose keys are not ours",
  "validate-environment.ts": "`network` of an environment is a VPC's",
};

/** A link to the source of a number may name a platform. */
const withoutLinks = (text: string): string => text.replace(/https?:\/\/\S+/g, "");

function filesBelow(folder: string, path = ""): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    const below = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(folder, below) : [below];
  });
}

describe("words of a platform in the model", () => {
  it("stand in schemas, and in the files of the table", () => {
    const found = filesBelow(model).filter(
      (file) => !SCHEMA.test(file) && WORDS.test(withoutLinks(readFileSync(join(model, file), "utf8"))),
    );
    expect(found.sort()).to.deep.equal(Object.keys(REASONS).sort());
  });

  it("are found", () => {
    expect(["a queue of SQS", 'service: "aws"', "lawsuit", "the queue"].map((text) => WORDS.test(text))).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });
});
