// Checks that components share. They load no SDK, so that a description can be checked by them.
import { type Problem, unless, wholeNumber } from "../../kit";
import type { Grant } from "./grant";

/**
 * Problems of a name for objects that have names of their own: a DNS label (RFC 1035), as Services need it.
 *
 * @param most characters, where something comes behind the name
 */
export function objectNameProblems(path: string, value: string, most = 63): Problem[] {
  if (/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(value) && value.length <= most) return [];
  return [
    {
      path,
      value,
      allowed: `lower-case letters, digits and dashes, a letter first, no dash last, at most ${most} characters`,
      remedy: "respell or shorten it: objects of Kubernetes are called after it",
    },
  ];
}

/** Problems of connections: a port that is none, pods that nothing selects, two connections that would have one name. */
export function reachProblems(grants: Readonly<Record<string, Grant>>): Problem[] {
  const names = new Set<string>();
  return Object.entries(grants).flatMap(([grant, { reaches = [] }]) =>
    reaches.flatMap((reach, index) => {
      const path = `grants.${grant}.reaches[${index}]`;
      const name = `${reach.to} ${reach.port}`;
      const isNew = !names.has(name);
      names.add(name);
      return [
        ...wholeNumber(`${path}.port`, reach.port, 1, 65_535),
        ...unless(!("pods" in reach) || Object.keys(reach.pods.labels).length > 0, {
          path: `${path}.pods.labels`,
          value: "{}",
          allowed: "at least one label: a selector without labels selects every pod of the namespace",
          remedy: "name the labels of the pods",
        }),
        ...unless(isNew, {
          path,
          value: name,
          allowed: "each name and port once",
          remedy: "remove the repetition, or name one of them differently: policies are named after both",
        }),
      ];
    }),
  );
}
