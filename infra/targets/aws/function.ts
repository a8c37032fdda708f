// Functions on AWS: Lambda. A function stands in the VPC only when something that it uses is reachable there only.
import { join, resolve } from "node:path";
import { type EventSource, LambdaFunction, needsVpc, productHandler } from "../../../components/aws/function";
import type { Grant } from "../../../components/kit";
import type { ProvidedCode } from "../../model/kinds/event-store/parts";
import type { FunctionNode, SourcePlan } from "../../model/kinds/function";
import { projectFolder } from "../../project-folder";
import { type Bound, refused, type Surroundings } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { ownedBy } from "./renames";

export function bindFunction(node: FunctionNode, foundation: Foundation, surroundings: Surroundings): Bound {
  const { workload, owner: name, description, code, architecture, memory, timeout, concurrency } = node;
  const { placement, plan, network, opts } = foundation;
  const { owner, tags } = ownerOf(foundation, name);
  const uses = surroundings.grantsOf(workload, ({ verb }) => verb !== "consumes");
  const inVpc = needsVpc(uses);
  const grants: Record<string, Grant> = inVpc ? { endpoints: network.grantEndpoints(), ...uses } : uses;
  const given = { ...grants, ...surroundings.grantsOf(workload, ({ verb }) => verb === "consumes") };
  const former = owner.renamedFrom === undefined ? undefined : `${owner.renamedFrom}-${node.name}`;
  const made = new LambdaFunction(
    workload,
    {
      placement,
      description,
      ...codeOf(code),
      ...(architecture && { architecture }),
      ...(memory !== undefined && { memory }),
      ...(timeout !== undefined && { timeout }),
      ...(concurrency !== undefined && { reservedConcurrency: concurrency }),
      environment: { SERVICE_NAME: workload, ...node.environment },
      grants,
      ...(inVpc && { network }),
      sources: sourcesOf(node, surroundings),
      ...(node.maxIteratorAge !== undefined && { maxIteratorAge: node.maxIteratorAge }),
      logRetentionInDays: plan.environment.logRetentionDays,
      tags,
    },
    ownedBy(opts, workload, former),
  );
  return {
    arn: made.functionArn,
    grant: (edge) => refused(edge, edge.to),
    given: { [workload]: inVpc ? given : withoutReaches(given) },
    outputs: { functions: { [workload]: made.functionName } },
    ...observed({ signals: made.signals, nodes: made.nodes }),
  };
}

/** Outside the VPC a function has no security group: nothing limits its connections. */
function withoutReaches(grants: Readonly<Record<string, Grant>>): Record<string, Grant> {
  return Object.fromEntries(Object.entries(grants).map(([name, grant]) => [name, { ...grant, reaches: [] }]));
}

const PROVIDED: Readonly<Record<ProvidedCode["provided"], string>> = { "event-relay": "event-store/relay" };

function codeOf(code: FunctionNode["code"]) {
  const root = projectFolder();
  if ("provided" in code)
    return { code: { entry: productHandler(join(__dirname, "../../functions", PROVIDED[code.provided])) } };
  if ("entry" in code) return { code: { entry: resolve(root, code.entry) } };
  const { archive, runtime = "provided.al2023", handler } = code;
  return { code: { archive: resolve(root, archive) }, runtime, ...(handler !== undefined && { handler }) };
}

function sourcesOf(node: FunctionNode, surroundings: Surroundings): Record<string, EventSource> {
  const grants = surroundings.grantsOf(node.workload, ({ verb }) => verb === "consumes");
  return Object.fromEntries(
    node.sources.map((source) => [
      source.from.name,
      sourceOf(source, grants[`from-${source.from.name}`], surroundings),
    ]),
  );
}

function sourceOf({ from, settings }: SourcePlan, grant: Grant | undefined, surroundings: Surroundings): EventSource {
  const { arn } = surroundings.built(from);
  if (arn === undefined || grant === undefined) throw new Error(`${from.kind} ${from.name} is no source of events`);
  const { concurrency, ...rest } = settings;
  if (from.kind !== "queue") return { grant, streamArn: arn, ...rest };
  return { grant, queueArn: arn, ...rest, ...(concurrency !== undefined && { concurrency }) };
}
