// Resource transforms, called where the engine would call back over gRPC: on a resource and on everything below it.
// Properties only: a change of options is the engine's affair.
import * as pulumi from "@pulumi/pulumi";
import * as callbacks from "@pulumi/pulumi/proto/callback_pb";
import type * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** The transforms of one run. */
export class Transforms {
  private readonly functions: pulumi.ResourceTransform[] = [];
  /** By URN: transforms of the resource's own, and its parent. */
  private readonly known = new Map<string, { readonly own: readonly number[]; readonly parent: string }>();

  /** Stands where the SDK's server for callbacks stands. */
  readonly server = {
    registerTransform: (transform: pulumi.ResourceTransform): Promise<callbacks.Callback> => {
      const callback = new callbacks.Callback();
      callback.setToken(String(this.functions.push(transform) - 1));
      return Promise.resolve(callback);
    },
    shutdown: (): void => undefined,
    awaitStackRegistrations: (): Promise<void> => Promise.resolve(),
  };

  /** Changes a registration as its own transforms and those of its parents say; own first. */
  async apply(urn: string, request: messages.RegisterResourceRequest): Promise<void> {
    const own = request.getTransformsList().map((callback) => Number(callback.getToken()));
    // A remote component is registered again by whoever builds it, who knows nothing of its transforms.
    if (!this.known.has(urn)) this.known.set(urn, { own, parent: request.getParent() });
    for (const transform of this.transformsOf(urn)) {
      const object = request.getObject() ?? Struct.fromJavaScript({});
      const result = await transform({
        custom: request.getCustom(),
        type: request.getType(),
        name: request.getName(),
        props: pulumi.runtime.deserializeProperties(object, true),
        opts: {},
      });
      if (!result) continue;
      const props = await pulumi.runtime.serializeProperties("transform", result.props);
      request.setObject(Struct.fromJavaScript(props as never));
    }
  }

  private *transformsOf(urn: string): Iterable<pulumi.ResourceTransform> {
    for (let at = this.known.get(urn); at; at = this.known.get(at.parent)) {
      for (const index of at.own) {
        const transform = this.functions[index];
        if (transform) yield transform;
      }
    }
  }
}
