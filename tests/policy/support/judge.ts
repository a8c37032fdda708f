// Judges through CrossGuard's own server functions, the way the engine calls them, so that an unknown is a real unknown.
import { AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import * as untypedProxy from "@pulumi/policy/proxy";
import * as untypedServer from "@pulumi/policy/server";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { policyOf } from "../../../policy/rules/adapter";
import type { Rule } from "../../../policy/rules/rule";

type Call<Request> = (
  call: { readonly request: Request },
  done: (error: unknown, response?: analyzer.AnalyzeResponse) => void,
) => void;
type Maker<Request> = (pack: string, version: string, level: "mandatory", policies: readonly object[]) => Call<Request>;

// CrossGuard declares no types for the two modules.
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = untypedServer as unknown as {
  readonly makeAnalyzeRpcFun: Maker<analyzer.AnalyzeRequest>;
  readonly makeAnalyzeStackRpcFun: Maker<analyzer.AnalyzeStackRequest>;
};

/** Stands for a value that is not known at preview, as the engine writes it. */
export const unknown = (untypedProxy as unknown as { readonly unknownStringValue: string }).unknownStringValue;

/** A customer managed key's ARN. */
export const ownKey = "arn:aws:kms:eu-central-1:123456789012:key/5f4dcc3b-0000-4000-8000-000000000001";

/** The alias of the key that AWS manages for a service. */
export const awsKey = (service: string): string => `arn:aws:kms:eu-central-1:123456789012:alias/aws/${service}`;

/** A resource to judge. */
export interface Subject {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** Property → names of the resources that supply it; for stack rules. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

/** A resource to judge, by type token and properties; the name matters when a test has several of a type. */
export function resource(
  type: string,
  props: Readonly<Record<string, unknown>>,
  name = "it",
  from?: Readonly<Record<string, readonly string[]>>,
): Subject {
  return { type, name, props, ...(from && { from }) };
}

/** What a rule says to a resource, or to a stack given as a list: a line for each violation, `name: path is found`. */
export async function judge(rule: Rule, subject: Subject | readonly Subject[]): Promise<string[]> {
  return (await messages(rule, subject)).map((message) => {
    const [first = ""] = message.split("\n");
    return first.replace(/ \([^()]*\): /, ": ");
  });
}

/** The whole messages of a rule's violations, as Pulumi prints them below the rule's description. */
export async function messages(rule: Rule, subject: Subject | readonly Subject[]): Promise<string[]> {
  const response = await ("checkStack" in rule
    ? judgeStack(rule, [subject].flat())
    : judgeEach(rule, [subject].flat()));
  return response.flatMap((part) =>
    part.getDiagnosticsList().map((diagnostic) => {
      // CrossGuard makes advice of a policy that it gives up.
      if (rule.level === undefined && diagnostic.getEnforcementlevel() !== analyzer.EnforcementLevel.MANDATORY)
        throw new Error(`not mandatory: ${diagnostic.getMessage()}`);
      return diagnostic.getMessage().replace(`${rule.description}\n`, "");
    }),
  );
}

function judgeEach(rule: Rule, subjects: readonly Subject[]): Promise<analyzer.AnalyzeResponse[]> {
  return Promise.all(
    subjects.map((subject) => {
      const request = new analyzer.AnalyzeRequest();
      fill(request, subject);
      return call(
        makeAnalyzeRpcFun("spec", "1.0.0", "mandatory", [
          { ...policyOf(rule), enforcementLevel: rule.level === "disabled" ? "advisory" : (rule.level ?? "mandatory") },
        ]),
        request,
      );
    }),
  );
}

async function judgeStack(rule: Rule, subjects: readonly Subject[]): Promise<analyzer.AnalyzeResponse[]> {
  const urns = new Map(subjects.map((subject) => [subject.name, urnOf(subject)]));
  const urn = (name: string): string => {
    const found = urns.get(name);
    if (found === undefined) throw new Error(`no resource "${name}" in this test's stack`);
    return found;
  };
  const request = new analyzer.AnalyzeStackRequest();
  for (const subject of subjects) {
    const part = new analyzer.AnalyzerResource();
    fill(part, subject);
    for (const [property, names] of Object.entries(subject.from ?? {})) {
      part
        .getPropertydependenciesMap()
        .set(property, new analyzer.AnalyzerPropertyDependencies().setUrnsList(names.map(urn)));
    }
    part.setDependenciesList([...new Set(Object.values(subject.from ?? {}).flat())].map(urn));
    request.addResources(part);
  }
  return [
    await call(
      makeAnalyzeStackRpcFun("spec", "1.0.0", "mandatory", [
        { ...policyOf(rule), enforcementLevel: rule.level === "disabled" ? "advisory" : (rule.level ?? "mandatory") },
      ]),
      request,
    ),
  ];
}

function fill(part: analyzer.AnalyzeRequest | analyzer.AnalyzerResource, subject: Subject): void {
  part.setType(subject.type);
  part.setName(subject.name);
  part.setUrn(urnOf(subject));
  part.setOptions(new AnalyzerResourceOptions());
  part.setProperties(Struct.fromJavaScript(subject.props as Record<string, JavaScriptValue>));
}

function urnOf({ type, name }: Subject): string {
  return `urn:pulumi:spec::archipelago::${type}::${name}`;
}

function call<Request>(analyze: Call<Request>, request: Request): Promise<analyzer.AnalyzeResponse> {
  return new Promise((resolve, reject) => {
    analyze({ request }, (error, response) => {
      if (response) resolve(response);
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
