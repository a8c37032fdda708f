// The engine's side of a registration, in process: enough of it for programs to run against the emulation.
import * as grpc from "@grpc/grpc-js";
import type * as providers from "@pulumi/pulumi/proto/provider_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import * as pulumi from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { components } from "../packages/awsx";
import type { Emulation } from "../core/emulation";
import { Refusal } from "../core/judge";
import { MemoryInventory } from "../core/record";
import { NothingFound } from "../core/rules";
import { plainAll, secret, text, type Values } from "../core/values";
import type { DeployOptions, Registered } from "../mocks";
import { emulate } from "../packages";
import { aliasesOf, optionsOf, urnOf } from "./options";
import { Transforms } from "./transforms";

type Callback<T> = (error: Error | null, response?: T) => void;
type Known = { -readonly [K in keyof Registered]: Registered[K] } & {
  id: string;
  state: Values;
  providers: ReadonlyMap<string, string>;
};

/** Stands where the engine's resource monitor stands, for one run of a program. */
export class EmulatedMonitor {
  /** Rejects with the first refusal. */
  readonly failed: Promise<never>;
  /** Grows with everything that happens. */
  activity = 0;
  readonly transforms = new Transforms();
  private fail: (error: Error) => void = () => undefined;
  private readonly known = new Map<string, Known>();
  private readonly emulations = new Map<string, Emulation>();
  private readonly inventory = new MemoryInventory();

  constructor(private readonly options: DeployOptions) {
    this.failed = new Promise<never>((_, reject) => (this.fail = reject));
    this.failed.catch(() => undefined);
  }

  /** Everything that was registered, in order. */
  registered(): Registered[] {
    return [...this.known.values()].map(({ type, name, urn, inputs, parent, id, state, ...waits }) => ({
      ...{ type, name, urn, inputs, aliases: waits.aliases, options: waits.options },
      ...{ dependencies: waits.dependencies, propertyDependencies: waits.propertyDependencies },
      outputs: { ...(id !== "" && { id }), ...plainAll(state) },
      ...(parent !== undefined && { parent }),
    }));
  }

  registerResource(
    request: messages.RegisterResourceRequest,
    callback: Callback<messages.RegisterResourceResponse>,
  ): void {
    this.answer(callback, async () => {
      const response = new messages.RegisterResourceResponse();
      await this.transforms.apply(urnOf(request.getParent(), request.getType(), request.getName()), request);
      if (request.getRemote()) return this.construct(request);
      const known = this.register(request);
      if (known.id !== "") await this.options.creation?.(known.type, valuesOf(request.getObject()));
      response.setUrn(known.urn);
      response.setId(known.id);
      response.setObject(Struct.fromJavaScript(known.state));
      return response;
    });
  }

  readResource(request: messages.ReadResourceRequest, callback: Callback<messages.ReadResourceResponse>): void {
    this.answer(callback, () => {
      const inputs = valuesOf(request.getProperties());
      const urn = urnOf(request.getParent(), request.getType(), request.getName());
      const emulation = this.emulationOf(request.getType(), request.getProvider());
      const state = { ...emulation.create({ type: request.getType(), urn }, inputs).outputs, ...inputs };
      this.known.set(urn, {
        type: request.getType(),
        name: request.getName(),
        urn,
        inputs: plainAll(inputs),
        outputs: {},
        dependencies: request.getDependenciesList(),
        propertyDependencies: {},
        aliases: [],
        options: {},
        id: request.getId(),
        providers: new Map(),
        state,
      });
      const response = new messages.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(Struct.fromJavaScript(state));
      return response;
    });
  }

  registerResourceOutputs(request: messages.RegisterResourceOutputsRequest, callback: Callback<unknown>): void {
    this.answer(callback, () => {
      const known = this.known.get(request.getUrn());
      if (known) known.state = valuesOf(request.getOutputs());
      return {};
    });
  }

  invoke(request: messages.ResourceInvokeRequest, callback: Callback<providers.InvokeResponse>): void {
    this.answer(callback, () => {
      const [token, args] = [request.getTok(), valuesOf(request.getArgs())];
      const result =
        token === "pulumi:pulumi:getResource"
          ? this.resource(text(args.urn) ?? "")
          : // In process there is no earlier deployment.
            token.startsWith("pulumi:pulumi:readStack")
            ? { outputs: {} }
            : this.emulationOf(token, request.getProvider()).invoke(token, args);
      const response = new providerMessages.InvokeResponse();
      response.setReturn(Struct.fromJavaScript(result));
      return response;
    });
  }

  supportsFeature(
    request: messages.SupportsFeatureRequest,
    callback: Callback<messages.SupportsFeatureResponse>,
  ): void {
    const response = new messages.SupportsFeatureResponse();
    response.setHassupport(request.getId() !== "outputValues");
    callback(null, response);
  }

  registerPackage(_request: unknown, callback: Callback<messages.RegisterPackageResponse>): void {
    const response = new messages.RegisterPackageResponse();
    response.setRef("offline");
    callback(null, response);
  }

  /** A look-up that finds nothing is the program's to deal with, as in the engine; any other failure ends the run. */
  private answer<T>(callback: Callback<T>, work: () => T | Promise<T>): void {
    this.activity++;
    Promise.resolve()
      .then(work)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          const refusal = error instanceof Error ? error : new Error(String(error));
          const ends = !(error instanceof NothingFound);
          if (ends) this.fail(refusal);
          // Pulumi's runtime ends quietly when the engine goes away; any other status makes every dependent reject on its own.
          const code = ends ? grpc.status.CANCELLED : grpc.status.UNKNOWN;
          callback(Object.assign(new Error(refusal.message), { code }));
        },
      );
  }

  private register(request: messages.RegisterResourceRequest): Known {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const inputs = valuesOf(request.getObject());
    const urn = urnOf(parent, type, name);
    if (this.known.has(urn)) throw new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    const known: Known = {
      type,
      name,
      urn,
      inputs: plainAll(inputs),
      outputs: {},
      dependencies: request.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        [...request.getPropertydependenciesMap().entries()].map(([property, waits]) => [property, waits.getUrnsList()]),
      ),
      aliases: aliasesOf(request, this.known.get(parent)),
      options: optionsOf(request),
      ...(parent !== "" && { parent }),
      id: "",
      state: {},
      providers: this.providersOf(request),
    };
    this.known.set(urn, known);
    if (!request.getCustom()) return known;
    if (type.startsWith("pulumi:")) return Object.assign(known, { id: `${name}-id`, state: inputs });
    return Object.assign(known, this.provide(request, urn, inputs));
  }

  private provide(
    request: messages.RegisterResourceRequest,
    urn: string,
    inputs: Values,
  ): { id: string; state: Values } {
    const type = request.getType();
    const emulation = this.emulationOf(type, request.getProvider());
    const checked = emulation.check({ type, urn }, inputs);
    if (checked.failures.length > 0) throw new Refusal({ type, urn }, checked.failures);
    const complete = checked.inputs;
    const created =
      this.options.preview === true
        ? { id: "", outputs: emulation.preview({ type, urn }, complete) }
        : emulation.create({ type, urn }, complete);
    const secrets = request.getAdditionalsecretoutputsList();
    const state = Object.fromEntries(
      Object.entries(created.outputs).map(([key, value]) => [key, secrets.includes(key) ? secret(value) : value]),
    );
    return { id: created.id, state };
  }

  /** A component of a package: built in process, children and all. */
  private async construct(request: messages.RegisterResourceRequest): Promise<messages.RegisterResourceResponse> {
    const type = request.getType();
    const build = components[type];
    if (!build) throw new Error(`offline: the component ${type} is not emulated`);
    const inputs = pulumi.runtime.deserializeProperties(request.getObject() ?? Struct.fromJavaScript({}));
    const providerMap = Object.fromEntries(
      [...this.providersOf(request)].map(([name, ref]) => [name, providerOf(ref)]),
    );
    const built = build(request.getName(), inputs, {
      ...(request.getParent() !== "" && { parent: new pulumi.DependencyResource(request.getParent()) }),
      providers: providerMap,
      dependsOn: request.getDependenciesList().map((urn) => new pulumi.DependencyResource(urn)),
      ...(request.getProtect() === true && { protect: true }),
    });
    const urn = await promised(built.urn);
    const known = this.known.get(urn);
    if (known) known.inputs = plainAll(valuesOf(request.getObject()));
    const response = new messages.RegisterResourceResponse();
    response.setUrn(urn);
    response.setObject(Struct.fromJavaScript((await pulumi.runtime.serializeProperties("", built.state)) as never));
    return response;
  }

  /** Components hand their providers down; the engine remembers them, because a remote child does not name them. */
  private providersOf(request: messages.RegisterResourceRequest): ReadonlyMap<string, string> {
    const inherited = this.known.get(request.getParent())?.providers ?? new Map<string, string>();
    return new Map([...inherited, ...request.getProvidersMap().entries()]);
  }

  private emulationOf(token: string, provider: string): Emulation {
    const name = token.split(":")[0] ?? "";
    const urn = provider.slice(0, provider.lastIndexOf("::"));
    const key = `${name}|${urn}`;
    const { region } = this.options;
    const config = { ...(region !== undefined && { region }), ...this.known.get(urn)?.state };
    const known = this.emulations.get(key);
    if (known) return known;
    const emulation = emulate(name, config, this.inventory, () => "");
    for (const existing of this.options.existing ?? [])
      if (existing.type.startsWith(`${name}:`)) emulation.found(existing);
    this.emulations.set(key, emulation);
    return emulation;
  }

  private resource(urn: string): Values {
    const known = this.known.get(urn);
    if (!known) throw new Error(`unknown resource ${urn}`);
    return { urn, id: known.id, state: known.state };
  }
}

function valuesOf(struct: Struct | undefined): Values {
  return struct?.toJavaScript() ?? {};
}

function providerOf(reference: string): pulumi.ProviderResource {
  return new pulumi.DependencyProviderResource(reference);
}

function promised<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as { promise(): Promise<T> }).promise();
}
