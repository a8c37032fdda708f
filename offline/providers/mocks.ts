// Runs a program in process against the same emulation that serves the engine, so that a spec sees what `pulumi up` would:
// checked inputs, generated names, computed outputs, and unknown values at preview.
import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./core/values";
import { EmulatedMonitor } from "./in-process/monitor";
import { withRuntime } from "./in-process/runtime";

/** A resource that a program registered. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** As the program gave them, without secret marks. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** As the provider returned them, without secret marks; of a component, what it registered. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The parent's URN. */
  readonly parent?: string;
  /** URNs of what its registration waited for, as the engine is told. */
  readonly dependencies: readonly string[];
  /** The part of them that came with a property's value, by property. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** URNs that it had before, those that follow from its parents' included. */
  readonly aliases: readonly string[];
  /** Options that differ from the engine's defaults: `protect`, `retainOnDelete`, `deleteBeforeReplace`, `ignoreChanges`, `replaceOnChanges`. */
  readonly options: Readonly<Record<string, boolean | readonly string[]>>;
}

/** A program that ran to its end. */
export interface Deployment<T> {
  readonly result: T;
  /** In the order of registration. */
  readonly resources: readonly Registered[];
  /** Every resource of a type. */
  readonly ofType: (type: string) => readonly Registered[];
  /** The only resource of a type (and logical name). Throws when there is none, or more than one. */
  readonly one: (type: string, name?: string) => Registered;
}

/** How a program runs. */
export interface DeployOptions {
  /** As `pulumi preview` does: what the cloud would compute is unknown. @default false */
  readonly preview?: boolean;
  /** @default `project` */
  readonly project?: string;
  /** @default `stack` */
  readonly stack?: string;
  /** Of providers that are not told one, as AWS_REGION says it to the real one. @default `us-east-1` */
  readonly region?: string;
  /** What exists already, for programs that are given identifiers. @default nothing */
  readonly existing?: readonly Standing[];
  /** Waited for before the program hears that a resource was created: a cloud that takes its time. @default no time */
  readonly creation?: (type: string, inputs: Values) => Promise<void>;
}

/** A resource that somebody else has made. */
export interface Standing {
  /** Type token. */
  readonly type: string;
  readonly id: string;
  /** @default none */
  readonly inputs?: Values;
  /** @default its inputs */
  readonly outputs?: Values;
}

/**
 * Runs a program on the emulation in a runtime of its own and waits for every registration. Rejects with the first error,
 * be it the program's or a refusal of the provider.
 *
 * @example
 * const { one } = await deploy(() => new aws.sqs.Queue("orders", {}));
 * expect(one("aws:sqs/queue:Queue").outputs.visibilityTimeoutSeconds).to.equal(30);
 */
export async function deploy<T>(program: () => T | Promise<T>, options: DeployOptions = {}): Promise<Deployment<T>> {
  const monitor = new EmulatedMonitor(options);
  const result = await withRuntime(monitor, options, program);
  const resources = monitor.registered();
  const ofType = (type: string): readonly Registered[] => resources.filter((resource) => resource.type === type);
  return { result, resources, ofType, one: (type, name) => only(ofType(type), type, name) };
}

/** The value of an output; undefined when it is unknown. */
export function outputOf<T>(output: pulumi.Output<T> | pulumi.Input<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const awaited = pulumi.output(output) as unknown as { promise(): Promise<T> };
    awaited.promise().then(resolve, reject);
  });
}

function only(found: readonly Registered[], type: string, name: string | undefined): Registered {
  const matching = name === undefined ? found : found.filter((resource) => resource.name === name);
  const [resource] = matching;
  if (resource && matching.length === 1) return resource;
  const wanted = name === undefined ? type : `${type} "${name}"`;
  const names = found.map((other) => `"${other.name}"`).join(", ") || "none";
  throw new Error(`expected one ${wanted}, found ${matching.length}; registered of that type: ${names}`);
}
