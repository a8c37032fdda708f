// Exceptions in a description: where they stand, and what is wrong with them.
import type { Problem } from "../../../components/kit/problems";
import type { Acceptance, Accepting } from "../acceptance";
import { nearest } from "../findings";
import { sorted } from "../order";
import type { System } from "../system";
import { serviceAt, topicAt, WHOLE_SYSTEM } from "./rule";

/** An exception and the part of the description that holds it. */
export interface Exception {
  /** `services.order.calls.payment`; empty for the system itself. */
  readonly place: string;
  /** The anti-pattern's name as it is written. */
  readonly id: string;
  readonly acceptance: Acceptance;
}

/** A day as `YYYY-MM-DD`, in UTC. */
export type Day = string;

/** Every exception of a system, by place. */
export function exceptionsOf(system: System): Exception[] {
  return placesOf(system).flatMap(([place, { accepts = {} }]) =>
    sorted(accepts).map(([id, acceptance]) => ({ place, id, acceptance })),
  );
}

/** The path of an exception: `services.order.accepts.god-service`. */
export function exceptionPath({ place, id }: Pick<Exception, "place" | "id">): string {
  return place === WHOLE_SYSTEM ? `accepts.${id}` : `${place}.accepts.${id}`;
}

/** Problems of an exception that do not depend on its rule. */
export function exceptionProblems(exception: Exception, known: readonly string[], today: Day): Problem[] {
  const path = exceptionPath(exception);
  const { reason, until } = exception.acceptance;
  const problems: Problem[] = [];
  if (!known.includes(exception.id)) {
    const meant = nearest(exception.id, known);
    const remedy = meant === undefined ? "remove it" : `did you mean "${meant}"?`;
    problems.push({ path, value: exception.id, allowed: "the name of an anti-pattern", remedy });
  }
  if (reason.trim() === "") {
    const remedy = "say why what is usually wrong is right here, for the next reader";
    problems.push({ path: `${path}.reason`, value: reason, allowed: "a sentence", remedy });
  }
  if (!isDay(until)) {
    const remedy = "write the last day on which the exception holds";
    problems.push({ path: `${path}.until`, value: until, allowed: "a day of the calendar as YYYY-MM-DD", remedy });
  } else if (until > yearAfter(today)) {
    problems.push({
      path: `${path}.until`,
      value: until,
      allowed: `at most a year ahead: ${yearAfter(today)}`,
      remedy: "choose a day on which somebody looks at it again; it can be extended then",
    });
  }
  return problems;
}

/** Days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** Whether the text is a day that the calendar has. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function yearAfter(day: Day): Day {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}

/** Every part of a system that may hold exceptions, with its path. */
function placesOf(system: System): [place: string, part: Accepting][] {
  return [
    [WHOLE_SYSTEM, system],
    ...sorted(system.contexts).map(([name, context]): [string, Accepting] => [`contexts.${name}`, context]),
    ...sorted(system.topics).map(([name, topic]): [string, Accepting] => [topicAt(name), topic]),
    ...sorted(system.services).flatMap(([name, service]): [string, Accepting][] => {
      const at = serviceAt(name);
      const { exposes, calls = {}, consumes = {}, projects = {}, reachesInto = {} } = service;
      return [
        [at, service],
        ...(exposes ? [[`${at}.exposes`, exposes] as [string, Accepting]] : []),
        ...within(`${at}.calls`, calls),
        ...within(`${at}.consumes`, consumes),
        ...within(`${at}.projects`, projects),
        ...within(`${at}.reachesInto`, reachesInto),
      ];
    }),
    ...sorted(system.sagas ?? {}).flatMap(([name, saga]): [string, Accepting][] => [
      [`sagas.${name}`, saga],
      ...saga.steps.map((step, index): [string, Accepting] => [`sagas.${name}.steps[${index}]`, step]),
    ]),
  ];
}

function within(path: string, parts: Readonly<Record<string, Accepting>>): [place: string, part: Accepting][] {
  return sorted(parts).map(([name, part]) => [`${path}.${name}`, part]);
}
