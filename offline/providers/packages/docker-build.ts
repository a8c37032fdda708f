// docker-build, without a builder: an image's digest follows from what it is declared to be built from.
import { createHash } from "node:crypto";
import { isPushed } from "../../aws/images";
import type { NewResource, PackageRules } from "../core/rules";
import type { Values } from "../core/values";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Where it is pushed with whose password is not what an image is made of. */
function digest({ inputs }: NewResource): string {
  return `sha256:${sha256(JSON.stringify({ ...inputs, registries: null }))}`;
}

function reference(resource: NewResource): string {
  const tags = resource.inputs.tags;
  return `${Array.isArray(tags) ? String(tags[0]) : ""}@${digest(resource)}`;
}

export const dockerBuildRules: PackageRules = {
  rule: () => ({
    autoname: false,
    unique: false,
    replaces: [],
    outlives: isPushed,
    computed: {
      digest,
      ref: reference,
      contextHash: (resource) => sha256(JSON.stringify(resource.inputs.context ?? null)),
    },
  }),
  completed: (_schema, _token, _name, inputs) => inputs,
  id: digest,
  generic: () => undefined,
  known: () => undefined,
  invoke(token): Values {
    throw new Error(`offline: the docker-build function ${token} is not emulated`);
  },
};
