// Serves packages on the loopback interface.
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Inventory } from "../core/record";
import type { Notes } from "../core/told";
import type { Values } from "../core/values";
import type { Faults } from "../faults/faults";
import { withFaults } from "./with-faults";
import { withNotes } from "./with-notes";
import { resourceProvider } from "./resource-provider";

/** A running provider. */
export interface Serving {
  readonly port: number;
  stop(): void;
}

/** What a provider does besides serving. */
export interface Beside {
  /** Faults that were asked for. */
  readonly faults?: Faults | undefined;
  /** Where a run keeps what it tells its providers, when it is judged at its end. */
  readonly notes?: Notes | undefined;
  /** What the run's environment adds to every provider's configuration. @default nothing */
  readonly settings?: Values;
}

/** Starts a provider of custom resources on a free port. */
export async function serve(
  name: string,
  version: string,
  inventory: Inventory,
  { faults, notes, settings = {} }: Beside = {},
): Promise<Serving> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  const provider = resourceProvider(name, version, inventory, settings, notes);
  const faulty = faults ? withFaults(provider, faults) : provider;
  const service = faulty as unknown as grpc.UntypedServiceImplementation;
  server.addService(ResourceProviderService, notes ? withNotes(service, notes) : service);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}
