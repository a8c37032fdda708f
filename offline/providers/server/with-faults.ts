// Puts faults between the engine and the emulation. A preview never meets one.
import type * as grpc from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Call, Faults } from "../faults/faults";

interface Request {
  getUrn(): string;
  getPreview?(): boolean;
  getProperties(): Struct | undefined;
}

/** The same service with faults in its calls on resources. */
export function withFaults(
  provider: Partial<IResourceProviderServer>,
  faults: Faults,
): Partial<IResourceProviderServer> {
  const { create, update, delete: remove, read } = provider;
  return {
    ...provider,
    ...(create && { create: faulty("create", create, faults) }),
    ...(update && { update: faulty("update", update as never, faults) as never }),
    ...(remove && { delete: faulty("delete", remove, faults) }),
    ...(read && { read: faulty("read", read, faults) }),
  };
}

function faulty<Asked extends Request, Response>(
  verb: Call["verb"],
  handler: grpc.handleUnaryCall<Asked, Response>,
  faults: Faults,
): grpc.handleUnaryCall<Asked, Response> {
  return (call, callback) => {
    const { request } = call;
    if (request.getPreview?.() === true) {
      handler(call, callback);
      return;
    }
    const urn = request.getUrn();
    const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
    const inputs = verb === "create" ? (request.getProperties()?.toJavaScript() ?? {}) : {};
    const work = (): (() => void) => {
      let answer = (): void => undefined;
      let refused: unknown;
      handler(call, (...answered) => {
        if (answered[0]) refused = answered[0];
        answer = () => {
          callback(...answered);
        };
      });
      if (refused !== undefined) throw new Refusal(answer);
      return answer;
    };
    faults.around({ verb, type, urn, inputs }, work).then(
      (answer) => {
        answer();
      },
      (error: unknown) => {
        if (error instanceof Refusal) error.answer();
        else callback({ code: status.UNKNOWN, message: error instanceof Error ? error.message : String(error) });
      },
    );
  };
}

/** The emulation's own refusal: it goes to the engine as it is, at once. */
class Refusal extends Error {
  constructor(readonly answer: () => void) {
    super("refused");
  }
}
