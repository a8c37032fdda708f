// The language host's service. It answers like the official Node host, which is not to be had apart from the official CLI.
import type { sendUnaryData, ServerUnaryCall, ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { packageRoot, providerPackages, type ProviderPackage } from "../plugins";
import { versions } from "../versions";
import { type Children, runProgram, runPlugin } from "./run";
import { dependencies, installDependencies } from "./dependencies";

/** The handlers of a host which speaks to the engine at `engine`. */
export function languageService(engine: string, children: Children): UntypedServiceImplementation {
  return {
    handshake: unary(() => new language.LanguageHandshakeResponse()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(versions.cli)),
    getRequiredPackages: unary(requiredPackages),
    getRequiredPlugins: unary(requiredPlugins),
    about: unary(() => new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    getProgramDependencies: unary(programDependencies),
    runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
    template: unary(() => new language.TemplateResponse()),
    run: unary((request: language.RunRequest) => runProgram(request, engine, children)),
    runPlugin: streaming((call: ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>) => {
      runPlugin(call, children);
    }),
    installDependencies: streaming(installDependencies),
    cancel: unary(() => {
      children.endAll();
      return new Empty();
    }),
  };
}

function unary<Q, A>(answer: (request: Q) => A | Promise<A>) {
  return (call: ServerUnaryCall<Q, A>, reply: sendUnaryData<A>): void => {
    const run = async (): Promise<A> => answer(call.request);
    run().then(
      (value) => {
        reply(null, value);
      },
      (error: unknown) => {
        reply(asError(error));
      },
    );
  };
}

function streaming<Q, A>(answer: (call: ServerWritableStream<Q, A>) => void) {
  return (call: ServerWritableStream<Q, A>): void => {
    try {
      answer(call);
    } catch (error) {
      call.destroy(asError(error));
    }
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function required(info: language.ProgramInfo | undefined): readonly ProviderPackage[] {
  return providerPackages(packageRoot(info?.getProgramDirectory() ?? process.cwd()));
}

function requiredPackages(request: language.GetRequiredPackagesRequest): language.GetRequiredPackagesResponse {
  const list = required(request.getInfo()).map((provider) =>
    new plugin.PackageDependency()
      .setKind("resource")
      .setName(provider.name)
      .setVersion(`v${provider.version}`)
      .setServer(provider.server ?? ""),
  );
  return new language.GetRequiredPackagesResponse().setPackagesList(list);
}

function requiredPlugins(request: language.GetRequiredPluginsRequest): language.GetRequiredPluginsResponse {
  const list = required(request.getInfo()).map((provider) =>
    new plugin.PluginDependency()
      .setKind("resource")
      .setName(provider.name)
      .setVersion(`v${provider.version}`)
      .setServer(provider.server ?? ""),
  );
  return new language.GetRequiredPluginsResponse().setPluginsList(list);
}

function programDependencies(request: language.GetProgramDependenciesRequest): language.GetProgramDependenciesResponse {
  const directory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const list = dependencies(directory, request.getTransitivedependencies());
  return new language.GetProgramDependenciesResponse().setDependenciesList([...list]);
}
