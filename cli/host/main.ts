// A Node language host: prints the port it listens on, then serves until the engine goes away.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { Children } from "./run";
import { languageService } from "./service";

/** As the engine itself does: state and package schemas come in one message. */
const maximumMessageBytes = 400 * 1024 * 1024;

// The engine passes flags for logging and tracing first; its own address is always the last argument.
const engine = process.argv.slice(2).findLast((word) => !word.startsWith("-")) ?? "";
const children = new Children();
const server = new Server({
  "grpc.max_receive_message_length": maximumMessageBytes,
  "grpc.max_send_message_length": maximumMessageBytes,
});
server.addService(LanguageRuntimeService, languageService(engine, children));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(String(port));
});

const end = (): void => {
  children.endAll();
  server.forceShutdown();
  process.exit(0);
};
// The engine runs its plugins in process groups of their own, so Ctrl-C never comes here: an interrupt is the engine saying
// that it has finished, and it waits five seconds for those that do not listen.
process.on("SIGINT", end);
process.on("SIGTERM", end);
// The engine holds the other end of this pipe: it closes even when the engine is killed.
process.stdin.once("end", end);
process.stdin.resume();
