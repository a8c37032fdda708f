// Serves packages on the loopback interface.
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { Inventory } from "../core/record";
import type { Faults } from "../faults/faults";
import { withFaults } from "./with-faults";
import { resourceProvider } from "./resource-provider";

/** A running provider. */
export interface Serving {
  readonly port: number;
  stop(): void;
}

/**
 * Starts a provider of custom resources on a free port.
 *
 * @param faults faults that were asked for
 */
export async function serve(name: string, version: string, inventory: Inventory, faults?: Faults): Promise<Serving> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  const provider = resourceProvider(name, version, inventory);
  const service = faults ? withFaults(provider, faults) : provider;
  server.addService(ResourceProviderService, service as unknown as grpc.UntypedServiceImplementation);
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
