// Takes note of refusals: a run in which something was refused has told only a part of what it wanted.
import type * as grpc from "@grpc/grpc-js";
import { CheckResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Notes } from "../core/told";

/** What a run wants to have, and what becomes of it. */
const WANTING = new Set(["check", "diff", "create", "update", "read"]);

type Handler = grpc.handleUnaryCall<unknown, unknown>;

/** The same service; what it refuses is noted. */
export function withNotes(service: grpc.UntypedServiceImplementation, notes: Notes): grpc.UntypedServiceImplementation {
  const noting =
    (handler: Handler): Handler =>
    (call, callback) => {
      handler(call, (error, response, ...more) => {
        const refused = response instanceof CheckResponse && response.getFailuresList().length > 0;
        if (error !== null || refused) notes.fail();
        callback(error, response, ...more);
      });
    };
  return Object.fromEntries(
    Object.entries(service).map(([name, handler]) => [name, WANTING.has(name) ? noting(handler as Handler) : handler]),
  );
}
