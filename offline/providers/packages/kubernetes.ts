// Kubernetes objects in specs of components: judged by their declarations in the SDK alone. On the engine the real provider and the real API
// server judge them (offline/kubernetes).
import type { NewResource, PackageRules } from "../core/rules";
import { isObject, text, type Values } from "../core/values";

const metadataOf = (inputs: Values): Values => (isObject(inputs.metadata) ? inputs.metadata : {});

function identifier({ inputs, logicalName }: NewResource): string {
  const { namespace, name } = metadataOf(inputs);
  const own = text(name) ?? logicalName;
  return text(namespace) === undefined ? own : `${text(namespace) ?? ""}/${own}`;
}

export const kubernetesRules: PackageRules = {
  rule: () => ({ autoname: false, unique: false, replaces: ["apiVersion", "kind", "metadata.name", "metadata.namespace"], id: identifier, computed: {} }),
  /** An object without a name gets one from its logical name, as the real provider gives it. */
  completed(_schema, token, logicalName, inputs, hex) {
    const given = metadataOf(inputs);
    const [, version = "", kind = ""] = token.split(":");
    const named = given.name !== undefined || given.generateName !== undefined || !isObject(inputs.metadata ?? {});
    return {
      ...inputs,
      apiVersion: inputs.apiVersion ?? version.replace(/^core\//, ""),
      kind: inputs.kind ?? kind,
      ...(!named && { metadata: { ...given, name: `${logicalName}-${hex}` } }),
    };
  },
  id: identifier,
  generic: () => undefined,
  known: () => undefined,
  invoke(token): Values {
    throw new Error(`offline: the kubernetes function ${token} is not emulated`);
  },
}; // prettier-ignore
