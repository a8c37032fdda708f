// Published service data in one form, whatever it was published in: CloudFormation's resource types with their properties.
import type { Limits } from "../shape";

/** The kinds of values that can be compared with an SDK's. */
export type Kind = "string" | "number" | "boolean" | "list" | "map" | "object" | "any";

/** A property as published. */
export interface PublishedProperty {
  readonly kind: Kind;
  /** What a list holds. */
  readonly item?: PublishedProperty;
  /** The properties of an object, read when they are asked for: types may contain themselves. */
  readonly members?: () => PublishedProperties;
  /** Stands for the object's type, so that a walk knows where it has been. */
  readonly type?: unknown;
  readonly limits: Limits;
}

export type PublishedProperties = ReadonlyMap<string, PublishedProperty>;

/** Resource types by CloudFormation's names (`AWS::SQS::Queue`). */
export type PublishedTypes = ReadonlyMap<string, PublishedProperties>;
