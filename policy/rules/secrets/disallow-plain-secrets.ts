import type { Resource, ResourceRule } from "../rule";
import { at, each, isObject, type Located, textOf } from "../value";
import { containersOf, TASKS } from "../workloads/containers";
import { secretLike } from "./secret-like";

/** A variable with its name. */
interface Variable extends Located {
  readonly name: string;
}

/** Variables as a list of pairs, or as a map. */
const LISTED: Readonly<Record<string, string>> = {
  "aws:codebuild/project:Project": "environment.environmentVariables[*]",
};
const MAPPED: Readonly<Record<string, string>> = {
  "aws:lambda/function:Function": "environment.variables",
  "aws:apprunner/service:Service": "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables",
};

export const disallowPlainSecrets: ResourceRule = {
  id: "disallow-plain-secrets",
  title: "No secret stands in a plain variable",
  description:
    "Whoever may describe a task or a function reads its variables, and so does every log of a deployment; a secret comes from Secrets Manager or Parameter Store.",
  severity: "critical",
  controls: ["FSBP ECS.8", "FSBP CodeBuild.2", "NIST-800-53 IA-5(7)", "PCI-DSS-4.0 8.6.2"],
  remediation:
    "keep the value in Secrets Manager and name it under secrets of the container, or read it when the function starts",
  appliesTo: [...TASKS, ...Object.keys(LISTED), ...Object.keys(MAPPED)],
  check(resource, report) {
    for (const { name, path, value } of variablesOf(resource)) {
      const why = secretLike(name, textOf(value));
      if (why === undefined) continue;
      // The value itself never gets into a message.
      const found = why === "name" ? "a plain text under the name of a secret" : "a plain text of the form of a secret";
      report({ path, found, required: "a reference to a secret" });
    }
  },
};

function variablesOf(resource: Resource): readonly Variable[] {
  const { type, props } = resource;
  const listed = LISTED[type];
  if (listed !== undefined) {
    return each(props, listed)
      .filter(({ value }) => !["PARAMETER_STORE", "SECRETS_MANAGER"].includes(textOf(at(value, "type"))))
      .map(named);
  }
  const mapped = MAPPED[type];
  if (mapped !== undefined) {
    const variables = at(props, mapped);
    return isObject(variables)
      ? Object.entries(variables).map(([name, value]) => ({ name, value, path: `${mapped}.${name}` }))
      : [];
  }
  return containersOf(resource).flatMap((container) =>
    each(container.props, "environment[*]").map((pair) => named({ ...pair, path: `${container.path}.${pair.path}` })),
  );
}

function named({ path, value }: Located): Variable {
  const name = textOf(at(value, "name"));
  return { name, path: `${path} (${name})`, value: at(value, "value") };
}
