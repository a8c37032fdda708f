// Types with two names, and the property that must be unique.
import type { ResourceSchema } from "../providers/schema/sdk";

/** Modules and types that are others by a second name. */
const SECOND_NAMES: Readonly<Record<string, string>> = {
  "aws:alb/": "aws:lb/",
  "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
};

/** The type that a second name means; undefined when it is none. */
export function firstName(type: string): string | undefined {
  const [second, first] = Object.entries(SECOND_NAMES).find(([each]) => type.startsWith(each)) ?? [];
  return second === undefined || first === undefined ? undefined : first + type.slice(second.length);
}

/** Whether a declaration has a name that is given or generated. */
export function hasName({ inputs, outputs }: ResourceSchema): boolean {
  return inputs.get("name")?.shape.kind === "string" && outputs.has("name");
}
