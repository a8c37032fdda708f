import { AnalyzeRequest, type AnalyzeResponse, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { createRequire } from "node:module";
import { packOf } from "../../policy/rules/adapter";
import type { ResourceRule } from "../../policy/rules/rule";

type Analyze = (call: { request: AnalyzeRequest }, answer: (error: unknown, response: AnalyzeResponse) => void) => void;
type Decode = (properties: Struct, preserved: boolean) => unknown;
const load = createRequire(__filename);
const { makeAnalyzeRpcFun } = load("@pulumi/policy/server") as {
  makeAnalyzeRpcFun: (name: string, version: string, level: string, policies: readonly unknown[]) => Analyze;
};

const TYPES = ["aws:sqs/queue:Queue", "aws:sns/topic:Topic"] as const;
const rule = (id: string): ResourceRule => ({
  id,
  title: "Named",
  description: "Is named.",
  severity: "low",
  controls: [],
  remediation: "Name it.",
  appliesTo: TYPES,
  check: ({ props }, report) => {
    report({ path: "name", found: props.name, required: "another" });
  },
});

describe("the preload: decoding of what CrossGuard judges", () => {
  it("is done once for all policies of CrossGuard that look at a resource, and again for the next resource", async () => {
    const { policies } = packOf("", [rule("require-a"), rule("require-b"), rule("require-c")]);
    const analyze = makeAnalyzeRpcFun("p", "1.0.0", "mandatory", policies);
    let decoded = 0;
    const judged = (name: string): Promise<readonly string[]> => {
      const properties = Struct.fromJavaScript({ name });
      const decode = properties.toJavaScript.bind(properties);
      properties.toJavaScript = () => {
        decoded++;
        return decode();
      };
      const request = new AnalyzeRequest().setType(TYPES[0]).setUrn(`urn:pulumi:s::p::${TYPES[0]}::${name}`);
      request.setProperties(properties).setOptions(new AnalyzerResourceOptions());
      return new Promise((resolve) => {
        analyze({ request }, (_, response) => {
          resolve(response.getDiagnosticsList().map((each) => `${each.getPolicyname()}: ${each.getMessage().split("\n")[1] ?? ""}`)); // prettier-ignore
        });
      });
    };
    expect((await judged("first")).map((text) => text.split(" ")[0])).to.deep.equal(["require-a:", "require-b:", "require-c:"]); // prettier-ignore
    expect(decoded).to.equal(1);
    const second = await judged("second");
    expect(decoded).to.equal(2);
    expect(second.length).to.equal(3);
  });

  it("is never shared where properties are written back", () => {
    const { deserializeProperties: decode } = load("@pulumi/policy/deserialize") as { deserializeProperties: Decode };
    const message = Struct.fromJavaScript({ name: "a" });
    expect(decode(message, false)).to.equal(decode(message, false));
    expect(decode(message, true)).not.to.equal(decode(message, true));
    expect(decode(Struct.fromJavaScript({}), false)).not.to.equal(decode(message, false));
  });
});
