// Validates the arguments as Kubernetes and the collector would; all problems at once. Pure.
import { imageProblems, mebibytes, type Problem, unless, wholeNumber } from "../../kit";
import { objectNameProblems } from "../kit/checks";
import type { CollectorArgs } from "./args";

export const COLLECTOR_DEFAULTS = { replicas: 2, memory: "256 MiB" } as const;

/** Every problem of the arguments. */
export function validateCollector(name: string, args: CollectorArgs): Problem[] {
  const { image, otlpEndpoint, namespace, cidr, replicas, memory = COLLECTOR_DEFAULTS.memory } = args;
  return [
    ...objectNameProblems("name", name, 45),
    ...imageProblems("image", image),
    ...unless((namespace === undefined ? /^https:\/\/[^\s@#?]+$/ : /^https?:\/\/[^\s@#?]+$/).test(otlpEndpoint), {
      path: "otlpEndpoint",
      value: otlpEndpoint,
      allowed: "an https URL without a user, a query and a fragment; http only for a destination in the cluster",
      remedy: "correct it, or name the namespace of the destination",
    }),
    ...unless(namespace === undefined || cidr === undefined, {
      path: "cidr",
      value: cidr,
      allowed: "nothing with namespace: the pods of the namespace are the destination",
      remedy: "remove one of them",
    }),
    ...wholeNumber("replicas", replicas, 1, 20),
    ...unless((mebibytes(memory) ?? 0) >= 128, {
      path: "memory",
      value: memory,
      allowed: "128 MiB or more",
      remedy: 'write a number and a unit, such as "256 MiB"',
    }),
  ];
}
