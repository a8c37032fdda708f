// Trust: the service that assumes the role which an input names.
import type { Failure } from "../providers/core/check";
import type { Constraint } from "../providers/core/rules";
import { isObject, text, type Value, type Values } from "../providers/core/values";
import { valuesAt, type World } from "../providers/core/world";
import { listed } from "./policies";
import { failure, textOf } from "./inputs";

const ROLE = "aws:iam/role:Role";

/** Services that assume roles, as their principals begin. Not every service of AWS is among them. */
const SERVICE_PRINCIPALS = [
  ...(["apigateway", "application-autoscaling", "backup", "batch", "cloudtrail", "codebuild", "codedeploy"] as const),
  ...(["codepipeline", "config", "delivery.logs", "dms", "ec2", "ecs", "ecs-tasks", "edgelambda", "eks"] as const),
  ...(["eks-fargate-pods", "elasticloadbalancing", "events", "firehose", "glue", "lambda", "logs"] as const),
  ...(["monitoring.rds", "pipes", "pods.eks", "rds", "redshift", "s3", "sagemaker", "scheduler", "sns"] as const),
  ...(["spotfleet", "ssm", "states", "streams.metrics.cloudwatch", "transfer", "vpc-flow-logs"] as const),
] as const;
export type ServicePrincipal = (typeof SERVICE_PRINCIPALS)[number];

/** Whether a statement lets a service assume the role; what is not known whole counts as yes. */
function trusts(statement: Value, service: string): boolean {
  if (!isObject(statement) || statement.Effect !== "Allow") return false;
  const assumes = listed(statement.Action).some(
    (action) => typeof action === "string" && /^(\*|sts:(\*|Assume\*|AssumeRole\*?))$/i.test(action),
  );
  if (!assumes && statement.NotAction === undefined) return false;
  const { Principal: principal } = statement;
  if (principal === "*" || statement.NotPrincipal !== undefined) return true;
  return isObject(principal) && listed(principal.Service).some((given) => same(given, service));
}

/** `states.eu-central-1.amazonaws.com` and China's own suffix mean the same service. */
function same(given: Value, service: string): boolean {
  const short = typeof given === "string" ? given.replace(/\.amazonaws\.com(\.cn)?$/, "") : "";
  return given === "*" || short === service || short.replace(/\.[a-z]{2,4}(-[a-z]+)+-\d$/, "") === service;
}

/** Refuses a role whose trust does not let a service assume it. */
function* unassumable(world: World, arn: string, path: string, service: string): Iterable<Failure> {
  const role = world.get(ROLE, arn.slice(arn.lastIndexOf("/") + 1));
  const document = parsed(textOf(role, "assumeRolePolicy"));
  if (document === undefined || listed(document.Statement).some((statement) => trusts(statement, service))) return;
  yield failure(
    path,
    `${service}.amazonaws.com can't assume role ${role?.id ?? ""}: its trust policy must allow sts:AssumeRole to this service`,
  );
}

function parsed(trust: string | undefined): Values | undefined {
  try {
    const document = trust === undefined ? undefined : (JSON.parse(trust) as Value);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** The service at each path must be able to assume the role that is named there. */
export const assumable = (paths: Readonly<Record<string, ServicePrincipal>>): Constraint =>
  function* ({ inputs }, world) {
    for (const [path, service] of Object.entries(paths))
      for (const { at, value } of valuesAt(inputs, path)) yield* unassumable(world, value, at, service);
  };

const KNOWN: ReadonlySet<string> = new Set(SERVICE_PRINCIPALS);

/** A misspelt service. Not every service is known here, so only what is nearly one that is. */
export const knownPrincipals: Constraint = function* (candidate) {
  const statements = listed(parsed(candidate.text("assumeRolePolicy"))?.Statement);
  for (const [index, statement] of statements.entries()) {
    const principal = isObject(statement) ? statement.Principal : undefined;
    for (const given of isObject(principal) ? listed(principal.Service) : []) {
      const [, name] = /^([a-z0-9.-]+)\.amazonaws\.com$/.exec(text(given) ?? "") ?? [];
      const near = name === undefined || KNOWN.has(name) ? undefined : nearly(name);
      if (near !== undefined)
        yield failure(
          `assumeRolePolicy.Statement[${index}].Principal.Service`,
          `"${text(given) ?? ""}" is no service (MalformedPolicyDocument); did you mean "${near}.amazonaws.com"?`,
        );
    }
  }
};

/** The known service with a letter more, less, another, or two in the wrong order. */
function nearly(name: string): string | undefined {
  const without = (text: string): readonly string[] =>
    Array.from(text, (_, at) => text.slice(0, at) + text.slice(at + 1));
  const mine = new Set([name, ...without(name)]);
  return [...KNOWN].find(
    (known) => known.length > 4 && (mine.has(known) || without(known).some((each) => mine.has(each))),
  );
}
