// A creation or an update that the cloud has accepted and that fails afterwards: the resource exists, and the provider reports an error.
import * as grpc from "@grpc/grpc-js";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Values } from "./values";

/** Thrown when a resource exists and does not become what was asked for. */
export class InitializationFailed extends Error {
  constructor(
    readonly id: string,
    readonly inputs: Values,
    /** What the provider puts into the engine's state. */
    readonly outputs: Values,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The error as the engine understands it: it keeps the resource in its state. */
export function initializationError({ id, inputs, outputs, reason }: InitializationFailed): grpc.ServiceError {
  const failed = new messages.ErrorResourceInitFailed();
  failed.setId(id);
  failed.setInputs(Struct.fromJavaScript(inputs));
  failed.setProperties(Struct.fromJavaScript(outputs));
  failed.setReasonsList([reason]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(reason);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return Object.assign(new Error(reason), { code: grpc.status.UNKNOWN, details: reason, metadata });
}
