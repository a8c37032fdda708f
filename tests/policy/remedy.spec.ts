// Rules that mend what they find, through CrossGuard's own server: only where their level is `remediate`.
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import * as untypedServer from "@pulumi/policy/server";
import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { policyOf } from "../../policy/rules/adapter";
import { Exceptions } from "../../policy/rules/exceptions";
import { allRules } from "./packs";
import { unknown } from "./support";

type Call = (
  call: { readonly request: analyzer.AnalyzeRequest },
  done: (error: unknown, response?: analyzer.RemediateResponse) => void,
) => void;

// CrossGuard declares no types for the module.
const { makeRemediateRpcFun } = untypedServer as unknown as {
  readonly makeRemediateRpcFun: (pack: string, version: string, level: string, policies: readonly object[]) => Call;
};

const remedies = allRules.filter((rule) => "remedy" in rule);
const TRAIL = "aws:cloudtrail/trail:Trail";

/** The properties after the mend; undefined where nothing was mended. */
function mended(
  id: string,
  type: string,
  props: Readonly<Record<string, unknown>>,
  level = "remediate",
  exceptions = new Exceptions([], ""),
): Promise<unknown> {
  const rule = allRules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const request = new analyzer.AnalyzeRequest();
  request.setType(type);
  request.setName("it");
  request.setUrn(`urn:pulumi:spec::archipelago::${type}::it`);
  request.setOptions(new AnalyzerResourceOptions());
  request.setProperties(Struct.fromJavaScript(props as Record<string, JavaScriptValue>));
  const remediate = makeRemediateRpcFun("spec", "1.0.0", "mandatory", [
    { ...policyOf(rule, () => exceptions), enforcementLevel: level },
  ]);
  return new Promise((resolve, reject) => {
    remediate({ request }, (error, response) => {
      if (response === undefined) reject(error instanceof Error ? error : new Error(String(error)));
      else {
        const [first] = response.getRemediationsList();
        resolve(first?.getProperties()?.toJavaScript());
      }
    });
  });
}

describe("policy remedies", () => {
  it("are of rules that have no remediation level of their own: each is off until a configuration turns it on", () => {
    expect(remedies.map(({ id }) => id).sort()).to.deep.equal([
      "require-minor-upgrades-turned-on",
      "require-snapshot-tags",
      "require-trail-log-validation",
    ]);
    expect(remedies.map((rule) => rule.level ?? "mandatory").filter((level) => level !== "mandatory")).to.deep.equal(
      [],
    );
  });

  it("set the property and leave the others, known or not", async () => {
    expect(
      await mended("require-trail-log-validation", TRAIL, { s3BucketName: "logs", kmsKeyId: unknown }),
    ).to.deep.equal({ s3BucketName: "logs", kmsKeyId: unknown, enableLogFileValidation: true });
    expect(
      await mended("require-snapshot-tags", "aws:rds/instance:Instance", { copyTagsToSnapshot: false }),
    ).to.deep.equal({ copyTagsToSnapshot: true });
  });

  it("leave what is right, what is not known yet, and what is of another type", async () => {
    expect(await mended("require-trail-log-validation", TRAIL, { enableLogFileValidation: true })).to.equal(undefined);
    expect(await mended("require-trail-log-validation", TRAIL, { enableLogFileValidation: unknown })).to.equal(
      undefined,
    );
    expect(await mended("require-trail-log-validation", "aws:sqs/queue:Queue", {})).to.equal(undefined);
  });

  it("do nothing at another level, and nothing to what is accepted as an exception", async () => {
    expect(await mended("require-trail-log-validation", TRAIL, {}, "mandatory")).to.equal(undefined);
    const accepted = new Exceptions(
      [
        {
          rule: "require-trail-log-validation",
          resource: "it",
          reason: "It is accepted in this spec",
          owner: "platform",
          until: "2999-01-01",
        },
      ],
      "2026-11-29",
    );
    expect(await mended("require-trail-log-validation", TRAIL, {}, "remediate", accepted)).to.equal(undefined);
  });
});
