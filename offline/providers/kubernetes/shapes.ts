// How a Kubernetes object is read: parts that are absent, unknown or of another kind are passed over.
import type { Candidate } from "../core/rules";
import { isObject, text, UNKNOWN, type Value, type Values } from "../core/values";

/** A part of an object with its path. */
export interface Part {
  /** `spec.template.spec.containers[0]`. */
  readonly at: string;
  readonly value: Values;
}

export const kindOf = (token: string): string => token.split(":")[2] ?? "";

/** The object at a path such as `spec.template`; empty when there is none that is known. */
export function inner(values: Values, path: string): Values {
  return path.split(".").reduce<Values>((at, step) => (isObject(at[step]) ? at[step] : {}), values);
}

/** The known objects of a list. */
export function items({ at, value }: Part, property: string): readonly Part[] {
  const list = value[property];
  if (!Array.isArray(list)) return [];
  return (list as readonly Value[]).flatMap((item, index) =>
    isObject(item) ? [{ at: `${at}.${property}[${index}]`, value: item }] : [],
  );
}

/** Whether something is there that only the deployment will tell. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return (value as readonly Value[]).some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Where each kind keeps the pod that it makes. */
const POD_AT: Readonly<Record<string, string>> = {
  Pod: "",
  Deployment: "spec.template",
  StatefulSet: "spec.template",
  DaemonSet: "spec.template",
  ReplicaSet: "spec.template",
  ReplicationController: "spec.template",
  Job: "spec.template",
  CronJob: "spec.jobTemplate.spec.template",
};

/** The specification of the pod that a workload makes; undefined for other kinds. */
export function podOf({ type, inputs }: Pick<Candidate, "type" | "inputs">): Part | undefined {
  const at = POD_AT[kindOf(type)];
  if (at === undefined || !/^kubernetes:(core|apps|batch)\//.test(type)) return undefined;
  const path = at === "" ? "spec" : `${at}.spec`;
  return { at: path, value: inner(inputs, path) };
}

/** A name in a message and comparison; undefined when it is unknown. */
export const nameIn = (values: Values): string | undefined => text(values.name);
