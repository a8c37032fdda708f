// A provider that emulates nothing: it takes every input, and returns the inputs. What an `up` takes against it is what engine,
// protocol and program take by themselves. Run as `empty-provider`; prints its port, as the engine expects.
import * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

let made = 0;

const provider: Partial<IResourceProviderServer> = {
  handshake: answering(() => {
    const response = new messages.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    return response;
  }),
  attach: answering(() => new Empty()),
  cancel: answering(() => new Empty()),
  getPluginInfo: answering(() => {
    const response = new plugin.PluginInfo();
    response.setVersion("0.0.0");
    return response;
  }),
  checkConfig: answering(checked),
  configure: answering(() => {
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    return response;
  }),
  check: answering(checked),
  create: answering((request: messages.CreateRequest) => {
    const response = new messages.CreateResponse();
    response.setId(`empty-${++made}`);
    response.setProperties(request.getProperties());
    return response;
  }),
};

function checked(request: messages.CheckRequest): messages.CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

function answering<Request, Response>(answer: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    callback(null, answer(call.request));
  };
}

const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(ResourceProviderService, provider as unknown as grpc.UntypedServiceImplementation);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
// The engine holds a pipe to its plugins: when it is gone, so are they.
process.stdin.once("end", () => process.exit(0));
process.stdin.resume();
