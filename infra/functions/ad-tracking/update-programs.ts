// Lambda calls `handler` with changes of programs; the connection stays open between calls, as long as it works.
import type { Redis } from "ioredis";
import { addressFrom, connect } from "./connection";
import { updatePrograms } from "./programs";
import type { StreamAnswer, StreamEvent } from "./records";

let open: Redis | undefined;

/** @throws Error when a variable is missing, or the cache can't be reached: Lambda gives the records again */
export async function handler(batch: StreamEvent): Promise<StreamAnswer> {
  const address = addressFrom(process.env);
  if (open?.status !== "ready") open = await connect(address, process.env.AWS_REGION ?? "");
  return await updatePrograms(batch, { redis: open, prefix: address.prefix });
}
