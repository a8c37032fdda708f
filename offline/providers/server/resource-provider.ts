// The emulation as a Pulumi resource provider. It stands on the protocol itself and not on the SDK's provider server, because
// only so can it tell at preview which outputs are known.
import { randomBytes } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Difference } from "../core/diff";
import type { Emulation } from "../core/emulation";
import { InitializationFailed, initializationError } from "../core/failing";
import type { Inventory } from "../core/record";
import { plainAll, same, type Values } from "../core/values";
import { emulate } from "../packages";

type Handler<Request, Response> = grpc.handleUnaryCall<Request, Response>;

/** One package's emulation under the configuration that the engine gave last. */
class Session {
  emulation: Emulation;

  constructor(
    readonly name: string,
    readonly version: string,
    private readonly inventory: Inventory,
  ) {
    this.emulation = this.configured({});
  }

  configure(config: Values): void {
    this.emulation = this.configured(config);
  }

  private configured(config: Values): Emulation {
    return emulate(this.name, config, this.inventory, () => randomBytes(8).toString("hex"));
  }
}

/** The protocol's service for one package. */
export function resourceProvider(
  name: string,
  version: string,
  inventory: Inventory,
): Partial<IResourceProviderServer> {
  const session = new Session(name, version, inventory);
  return { ...aboutTheProvider(session), ...inquiries(session), ...changes(session) };
}

function subject(request: { getUrn(): string }): { type: string; urn: string } {
  const urn = request.getUrn();
  return { type: urn.split("::")[2]?.split("$").at(-1) ?? "", urn };
}

/** Handshake, configuration and functions. */
function aboutTheProvider(session: Session): Partial<IResourceProviderServer> {
  return {
    handshake: answering(() => {
      const response = new messages.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    attach: answering(() => new Empty()),
    cancel: answering(() => new Empty()),
    getPluginInfo: answering(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(session.version);
      return info;
    }),
    getSchema: answering(() => {
      const response = new messages.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: session.name, version: session.version }));
      return response;
    }),
    checkConfig: answering((request: messages.CheckRequest) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    }),
    diffConfig: answering((request: messages.DiffRequest) => {
      const changed = !same(plainAll(values(request.getOldInputs())), plainAll(values(request.getNews())));
      const response = new messages.DiffResponse();
      response.setChanges(
        changed ? messages.DiffResponse.DiffChanges.DIFF_SOME : messages.DiffResponse.DiffChanges.DIFF_NONE,
      );
      return response;
    }),
    configure: answering((request: messages.ConfigureRequest) => {
      session.configure(values(request.getArgs()));
      const response = new messages.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setAcceptresources(false);
      response.setAcceptoutputs(false);
      return response;
    }),
    invoke: answering((request: messages.InvokeRequest) => {
      const response = new messages.InvokeResponse();
      response.setReturn(struct(session.emulation.invoke(request.getTok(), values(request.getArgs()))));
      return response;
    }),
  };
}

/** What changes nothing. */
function inquiries(session: Session): Partial<IResourceProviderServer> {
  return {
    check: answering((request: messages.CheckRequest) => {
      const seed = request.getRandomseed_asB64();
      const checked = session.emulation.check(
        subject(request),
        values(request.getNews()),
        values(request.getOlds()),
        seed === "" ? request.getUrn() : seed,
      );
      const response = new messages.CheckResponse();
      response.setInputs(struct(checked.inputs));
      for (const { property, reason } of checked.failures) {
        const failure = new messages.CheckFailure();
        // The engine shows a property's value beside it, and looks for it at the top only: of others it shows `{<nil>}`.
        const shown = checked.inputs[property] !== undefined;
        failure.setProperty(shown ? property : "");
        failure.setReason(shown ? reason : `${property}: ${reason}`);
        response.addFailures(failure);
      }
      return response;
    }),
    diff: answering((request: messages.DiffRequest) =>
      diffResponse(
        session.emulation.diff(
          subject(request),
          values(request.getOldInputs()),
          values(request.getNews()),
          request.getIgnorechangesList(),
        ),
      ),
    ),
    read: answering((request: messages.ReadRequest) => {
      const response = new messages.ReadResponse();
      const known = { inputs: values(request.getInputs()), outputs: values(request.getProperties()) };
      const existing = session.emulation.read(subject(request), request.getId(), known);
      if (!existing) return response;
      response.setId(existing.id);
      response.setInputs(struct(existing.inputs));
      response.setProperties(struct(existing.outputs));
      return response;
    }),
  };
}

/** What changes the emulated cloud, unless it is a preview. */
function changes(session: Session): Partial<IResourceProviderServer> {
  return {
    create: answering((request: messages.CreateRequest) => {
      const response = new messages.CreateResponse();
      const inputs = values(request.getProperties());
      if (request.getPreview()) {
        response.setProperties(struct(session.emulation.preview(subject(request), inputs)));
        return response;
      }
      const created = session.emulation.create(subject(request), inputs);
      response.setId(created.id);
      response.setProperties(struct(created.outputs));
      return response;
    }),
    update: answering((request: messages.UpdateRequest) => {
      const response = new messages.UpdateResponse();
      const [olds, news] = [values(request.getOlds()), values(request.getNews())];
      const outputs = request.getPreview()
        ? session.emulation.previewUpdate(subject(request), olds, news, values(request.getOldInputs()))
        : session.emulation.update(subject(request), request.getId(), olds, news);
      response.setProperties(struct(outputs));
      return response;
    }),
    delete: answering((request: messages.DeleteRequest) => {
      session.emulation.delete(subject(request), request.getId(), values(request.getProperties()));
      return new Empty();
    }),
  };
}

function diffResponse({ changes, deleteBeforeReplace }: Difference): messages.DiffResponse {
  const response = new messages.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  for (const { path, kind, replaces } of changes) {
    const detail = new messages.PropertyDiff();
    detail.setKind(kinds[kind][replaces ? 1 : 0]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  const top = (path: string): string => path.split(/[.[]/)[0] ?? path;
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  response.setDiffsList([...new Set(changes.map(({ path }) => top(path)))]);
  response.setReplacesList([...new Set(changes.filter(({ replaces }) => replaces).map(({ path }) => top(path)))]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  return response;
}

function answering<Request, Response>(answer: (request: Request) => Response): Handler<Request, Response> {
  return (call, callback) => {
    try {
      callback(null, answer(call.request));
    } catch (error) {
      if (error instanceof InitializationFailed) callback(initializationError(error));
      else callback({ code: grpc.status.UNKNOWN, message: error instanceof Error ? error.message : String(error) });
    }
  };
}

function values(struct: Struct | undefined): Values {
  return struct?.toJavaScript() ?? {};
}

function struct(from: Values): Struct {
  return Struct.fromJavaScript(from);
}
