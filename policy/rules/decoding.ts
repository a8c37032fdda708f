// CrossGuard decodes a resource anew for each policy that it asks, some 65 times for each of a stack, which is more work than all
// rules together. No rule changes what it is given, so one decoding serves them all.
import { createRequire } from "node:module";

/** @param preserved whether secrets stay marked, for policies that write properties back */
type Decode = (properties: object, preserved: boolean) => unknown;

/** Decodes for reading once, as long as the message is there. */
export function once(decode: Decode): Decode {
  const known = new WeakMap<object, unknown>();
  return (properties, preserved) => {
    if (preserved) return decode(properties, preserved);
    if (!known.has(properties)) known.set(properties, decode(properties, preserved));
    return known.get(properties);
  };
}

let done = false;

/** Lets CrossGuard decode once. Its function is internal: an SDK without it decodes as often as before. */
export function decodeOnce(): void {
  if (done) return;
  done = true;
  const decoding = createRequire(__filename)("@pulumi/policy/deserialize") as { deserializeProperties?: Decode };
  if (decoding.deserializeProperties) decoding.deserializeProperties = once(decoding.deserializeProperties);
}
