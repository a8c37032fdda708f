// The policies by which a pack reads its exceptions, and reports those that it used, that have ended and that accept nothing.
import type { PolicyConfigSchema, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { described, type Exception, Exceptions, readExceptions } from "./exceptions";

/** Where a configuration of the pack names exceptions: `"policy-exceptions": { "file": …, "accepted": […] }`. */
const SCHEMA: PolicyConfigSchema = {
  properties: {
    file: { type: "string", description: "A file of YAML or JSON with a list of exceptions" },
    accepted: {
      type: "array",
      description: "Exceptions beside those of the file",
      items: {
        type: "object",
        properties: Object.fromEntries(
          ["rule", "resource", "project", "stack", "type", "path", "reason", "owner", "until"].map((key) => [
            key,
            { type: "string" as const },
          ]),
        ),
        required: ["rule", "resource", "reason", "owner", "until"],
      },
    },
  },
};

interface Configuration {
  readonly file?: string;
  readonly accepted?: readonly Exception[];
}

/** The policies, and the exceptions as they are configured once the engine has begun. */
export interface ExceptionPolicies {
  /** Stands before all rules, because it reads the configuration. */
  readonly first: ResourceValidationPolicy;
  /** Stand after all rules. */
  readonly last: readonly StackValidationPolicy[];
  readonly current: () => Exceptions;
}

/** @param today the day, as `2026-11-28`. @default this one */
export function exceptionPolicies(today = new Date().toISOString().slice(0, 10)): ExceptionPolicies {
  let configured: Exceptions | undefined;
  const read = ({ file, accepted = [] }: Configuration): Exceptions =>
    (configured ??= new Exceptions([...readExceptions(file), ...accepted], today));
  const first: ResourceValidationPolicy = {
    name: "policy-exceptions",
    displayName: "Accepted findings",
    description: "Reads the findings that are accepted for a time, from a file and from the pack's configuration.",
    enforcementLevel: "mandatory",
    configSchema: SCHEMA,
    validateResource: (args) => {
      read(args.getConfig<Configuration>());
    },
  };
  const current = (): Exceptions => configured ?? read({});
  return { first, current, last: [ended(current), useless(current), list(current)] };
}

function ended(current: () => Exceptions): StackValidationPolicy {
  return {
    name: "disallow-ended-exceptions",
    displayName: "Exceptions have not ended",
    description: "An exception has a rule, a resource, a reason, an owner and a last day that has not passed.",
    enforcementLevel: "mandatory",
    severity: "medium",
    remediationSteps: "mend what it accepts, or let its owner give it another day and a reason",
    validateStack: (_, report) => {
      for (const { exception, text } of current().faults)
        report(`${described(exception)}\nthe exception does not hold: ${text}`);
    },
  };
}

function useless(current: () => Exceptions): StackValidationPolicy {
  return {
    name: "disallow-useless-exceptions",
    displayName: "Exceptions accept something",
    description:
      "An exception that names a stack accepts a finding in it. While values are unknown this is not judged.",
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps: "remove the exception",
    validateStack: ({ resources }, report) => {
      if (resources.some(({ props }) => hidesSomething(props))) return;
      const types = [...new Set(resources.map(({ type }) => type))];
      for (const exception of current().useless(resources[0]?.urn ?? "", types))
        report(`${described(exception)}\nthe exception accepts nothing`);
    },
  };
}

function list(current: () => Exceptions): StackValidationPolicy {
  return {
    name: ACCEPTED,
    displayName: "Accepted findings of the stack",
    description: "Lists the exceptions that accept something. `make policy` turns it on.",
    enforcementLevel: "disabled",
    severity: "low",
    validateStack: (_, report) => {
      for (const exception of current().accepted) report(described(exception));
    },
  };
}

/** The name of the policy that lists what is accepted; its messages are no violations. */
export const ACCEPTED = "list-accepted-exceptions";

/** Whether reading a property throws, because its value is not known yet. */
function hidesSomething(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  try {
    return Object.values(value).some(hidesSomething);
  } catch {
    return true;
  }
}
