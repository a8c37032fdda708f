// Arguments and options that children of all components share. A user can change every child of every component.
import type * as pulumi from "@pulumi/pulumi";

/** Values that replace a child's arguments, or a function that edits its arguments and options in place. */
export type Transform<Args> = Partial<Args> | ((args: Args, opts: pulumi.CustomResourceOptions, name: string) => void);

/**
 * Applies a transform and returns a resource's constructor arguments.
 *
 * @example
 * new aws.sqs.Queue(...transformed(args.transform?.queue, `${name}-queue`, { … }, { parent: this }));
 */
export function transformed<Args extends object>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): [name: string, args: Args, opts: pulumi.CustomResourceOptions] {
  if (typeof transform !== "function") return [name, { ...args, ...transform }, opts];
  const copy = { args: { ...args }, opts: { ...opts } };
  transform(copy.args, copy.opts, name);
  return [name, copy.args, copy.opts];
}

/** A transform that also shows the arguments that come out of it. */
export function observed<Args extends object>(
  transform: Transform<Args> | undefined,
  look: (args: Args) => void,
): Transform<Args> {
  return (args, opts, name) => {
    if (typeof transform === "function") transform(args, opts, name);
    else Object.assign(args, transform);
    look(args);
  };
}

/** Tags as a component takes them. */
export type Tags = Readonly<Record<string, string>>;

/** The `tags` argument of a taggable child, or nothing. */
export function tagged(tags: Tags | undefined): { tags?: Record<string, string> } {
  return tags ? { tags: { ...tags } } : {};
}

/**
 * Options of a child that holds data. The engine refuses a plan that deletes or replaces a protected resource, in a preview
 * and before the first deletion of `destroy`; AWS's own deletion protection refuses when the call comes, half way through.
 */
export function protectedWhen(protectData: boolean): { protect?: true } {
  return protectData ? { protect: true } : {};
}
