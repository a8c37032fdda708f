// Programs in the cache, as the tracking service reads them, and a message for each that changes.
import type { Redis } from "ioredis";
import * as v from "valibot";
import { inOrder, type StreamAnswer, type StreamEvent } from "./records";

/** A change of a program. `version` grows with each change. */
export const ProgramChange = v.object({
  programId: v.pipe(v.string(), v.minLength(1)),
  programName: v.string(),
  checksum: v.string(),
  customerId: v.pipe(v.number(), v.integer()),
  customerName: v.string(),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/**
 * Writes a program unless the cache has this version or a later one, and tells the channel. In one script, so that nobody sees half of it:
 * KEYS[1] is the program, ARGV[1] the channel, ARGV[2] the version, and the fields follow with their values.
 */
const WRITE_IF_NEWER = `
local known = tonumber(redis.call("HGET", KEYS[1], "version") or "0")
if tonumber(ARGV[2]) <= known then return 0 end
redis.call("HSET", KEYS[1], "version", ARGV[2], unpack(ARGV, 3))
redis.call("PUBLISH", ARGV[1], KEYS[1])
return 1
`;

/** Brings the cache up to date. A change that is given again, or late, changes nothing and tells nobody. */
export function updatePrograms(
  batch: StreamEvent,
  { redis, prefix }: { readonly redis: Redis; readonly prefix: string },
): Promise<StreamAnswer> {
  return inOrder(batch, ProgramChange, async ({ programId, version, ...fields }) => {
    const values = Object.entries({ programId, ...fields }).flatMap(([name, value]) => [name, String(value)]);
    const key = `${prefix}program:${programId}`;
    await redis.eval(WRITE_IF_NEWER, 1, key, `${prefix}programs`, String(version), ...values);
  });
}
