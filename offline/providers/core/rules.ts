// Rules: what a package adds to its SDK's declarations.
import type { ResourceSchema } from "../schema/sdk";
import type { Failure } from "./check";
import type { Existing, Inventory } from "./record";
import type { Value, Values } from "./values";
import type { World } from "./world";

/** Where and for whom a provider acts. */
export interface Setting {
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** A resource as a request names it. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
}

/** A resource that exists without having been made here. */
export interface Finding {
  readonly type: string;
  readonly id: string;
  /** @default none */
  readonly inputs?: Values;
  /** @default its inputs */
  readonly outputs?: Values;
}

/** A resource that is being created or changed. */
export interface NewResource extends Setting {
  readonly schema: ResourceSchema;
  /** The resource's logical name. */
  readonly logicalName: string;
  /** The checked inputs without secret marks; unknown values never get here. */
  readonly inputs: Values;
  /** The identifier; empty while it is being made. */
  readonly id: string;
  /** Outputs of what has this identifier already and is about to be superseded; absent while the identifier is being made. */
  readonly superseded?: Values;
  /** The moment of creation, ISO 8601 in UTC, whole seconds. */
  readonly now: string;
  /** A known string input, or the empty string. */
  text(property: string): string;
  /** Lower-case hexadecimal digits that belong to this resource alone; `purpose` tells several apart. */
  hex(length: number, purpose?: string): string;
  /** Letters and digits that belong to this resource alone. */
  token(length: number, alphabet: string, purpose?: string): string;
  /** `arn:<partition>:<service>:<region>:<account>:<resource>`. */
  arn(service: string, path: string): string;
}

/** A value, or how to make it. `undefined` leaves the property out. */
export type Computed = Value | ((resource: NewResource) => Value | undefined);

/** How a physical name is generated. */
export interface Autoname {
  /** @default `name` */
  readonly property?: string;
  /** Characters. @default 255 */
  readonly limit?: number;
  /** The service knows lower-case names only. @default false */
  readonly lower?: boolean;
  /** Before everything else. @default none */
  readonly prefix?: string;
}

/** An input that names another resource. */
export interface Reference {
  /** Type token of what is named. */
  readonly type: string;
  /**
   * The identifier under which the named resource is recorded, from the input's value (an ARN, a name, a URL); undefined when
   * it names nothing of this account, which is not checked.
   * @default the value itself
   */
  readonly id?: (value: string, setting: Setting) => string | undefined;
  /** The same run may make it without saying so first, such as a namespace by its name: looked for at create only. @default false */
  readonly late?: boolean;
  /** It may belong to nobody's stack, such as a hosted zone that was there first: not looked for. @default false */
  readonly outside?: boolean;
  /** The named resource can't be deleted while this one exists. @default false */
  readonly keeps?: boolean;
}

/** Inputs of a resource that is about to be made or changed. */
export interface Candidate extends Setting {
  readonly type: string;
  readonly urn: string;
  /** The logical name. */
  readonly name: string;
  /** Plain and complete; a part may be unknown at preview. */
  readonly inputs: Values;
  /** What the inputs were, when it exists already. */
  readonly olds?: Values;
  /** A known string input; undefined otherwise. */
  readonly text: (property: string) => string | undefined;
}

/** What must hold beyond the declaration. Says nothing about values that are unknown. */
export type Constraint = (candidate: Candidate, world: World) => Iterable<Failure>;

/** A creation or an update that the cloud has accepted. All values but the inputs may have secrets marked. */
export interface Change {
  readonly inputs: Values;
  /** Outputs as they are when all goes well. */
  readonly outputs: Values;
  /** Outputs as the engine knew them before; absent at a creation. */
  readonly known?: Values;
  /** What existed before. */
  readonly before?: Existing;
}

/** What has become of a change when that is not what was asked for. */
export interface Outcome {
  /** Outputs as the cloud has them. */
  readonly exists: Values;
  /** Outputs as the provider returns them. @default as the cloud has them */
  readonly returned?: Values;
  /** The error that the provider reports. @default none */
  readonly failure?: string;
}

/** How one resource type behaves beyond its declaration. All parts have a generic default. */
export interface TypeRule {
  /** @default by the shape of the physical name, or `<type>-<hex>` */
  readonly id?: (resource: NewResource) => string;
  /** Values that the cloud makes up: unknown at preview. */
  readonly computed?: Readonly<Record<string, Computed>>;
  /**
   * Values that the cloud makes up within an object that is an input (`vpcConfig.clusterSecurityGroupId`): unknown until the resource is created.
   * They follow from the inputs and the account alone, because an update has to find the same.
   */
  readonly computedWithin?: Readonly<Record<string, Computed>>;
  /** Values that everybody knows beforehand: known at preview. */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Outputs that every update changes, such as a version: a number counts on, a text is made anew. @default none */
  readonly advances?: readonly string[];
  /** The property that gets a generated name, and its limits; `false` for none. @default `name`, where it is optional */
  readonly autoname?: false | Autoname;
  /**
   * Paths of inputs whose change replaces the resource; with `#` at its end, of a block that replaces when it comes or goes.
   * @default the name, and those whose documentation says so
   */
  readonly replaces?: readonly string[] | "all";
  /**
   * When a change of these, by path, replaces the resource and when it does not; they need not be among `replaces`.
   * @default as `replaces` has it
   */
  readonly replacesWhen?: Readonly<Record<string, (olds: Values, news: Values) => boolean>>;
  /** When a change of these is none for the real provider: what the service itself has raised stays. @default never */
  readonly suppressed?: Readonly<Record<string, (olds: Values, news: Values) => boolean>>;
  /** The input that must be unique within account and region. @default the auto-named property */
  readonly unique?: string | false;
  /** Inputs within whose values that name must be unique, such as a stage's within its API. @default the whole region */
  readonly uniqueWithin?: readonly string[];
  /** Inputs that tell two with the same identifier apart: the cloud knows a stage by its API and its name. @default none */
  readonly recordedWithin?: readonly string[];
  /** The input that lets what names a resource go with it, such as `forceDestroy`. @default none */
  readonly forcedBy?: string;
  /** Inputs that name other resources, by path; `[]` stands for each element (`vpcConfig.subnetIds[]`). @default none */
  readonly references?: Readonly<Record<string, Reference>>;
  /** What can't be changed of a resource that is not replaced. @default nothing */
  readonly unchangeable?: (olds: Values, news: Values) => Iterable<Failure>;
  /** Judged at check, and again at create and update, when every value is known. @default none */
  readonly constraints?: readonly Constraint[];
  /** Why it can't be deleted now, and what to do; undefined when it can. @default nothing prevents it */
  readonly undeletable?: (existing: Existing, world: World) => string | undefined;
  /** What becomes of a creation or an update after the cloud has accepted it; undefined when all goes well. @default all goes well */
  readonly outcome?: (change: Change, world: World) => Outcome | undefined;
  /** Whether it stays in the cloud when its resource is deleted, such as an image in a registry. @default it goes */
  readonly outlives?: (existing: Existing) => boolean;
}

/** What a look-up says when nothing is there; a program may go on without it. */
export class NothingFound extends Error {}

/** The emulated account, as functions see it. */
export interface Account {
  /** Everything of a type. */
  existing(type: string): readonly Existing[];
  /** Records what somebody else has made. */
  found(finding: Finding): void;
}

/** A package's behaviour: its rules by type token, and what it does where a type has none. */
export interface PackageRules {
  rule(token: string): TypeRule;
  /** Inputs with generated names and other additions that the real provider makes while it checks. */
  completed(
    schema: ResourceSchema | undefined,
    token: string,
    logicalName: string,
    inputs: Values,
    hex: string,
  ): Values;
  id(resource: NewResource): string;
  /** A value for a declared output that neither inputs nor rules gave. */
  generic(property: string, resource: NewResource): Value | undefined;
  /** Whether a generic value is known before the resource exists, and which it is. */
  known(property: string, inputs: Values, schema: ResourceSchema, setting: Setting): Value | undefined;
  invoke(token: string, args: Values, setting: Setting, account: Account): Values;
  /** The input that must be unique in a type whose rule does not say. @default none */
  uniqueName?(schema: ResourceSchema): string | undefined;
  /** References of any type, by the form of its inputs; those of the type's rule come before them. @default none */
  referencesByForm?(token: string, inputs: Values): Readonly<Record<string, Reference>>;
  /** What exists as a part of something else, such as a VPC's own security group. @default nothing */
  defaultPart?(type: string, id: string, all: (type: string) => readonly Existing[]): Existing | undefined;
  /** The first name of a type with two names. @default none */
  firstName?(type: string): string | undefined;
  /** The package has no cloud behind it: what the engine knows of a resource is all there is. @default false */
  readonly recordless?: boolean;
  /** After a deletion: removes what went with it from other packages' records. @default nothing */
  afterDeletion?(gone: Existing, inventory: Inventory): void;
}
