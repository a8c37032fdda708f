// Which input names which resource. From these tables follow three things: what does not exist is refused, what is in use can't
// be deleted, and constraints find a resource's neighbours.
import { computeReferences } from "./compute";
import { identityReferences } from "./identity";
import type { References } from "./kinds";
import { networkReferences } from "./network";
import { storeReferences } from "./stores";

export { implied } from "./implied";

/** By type token, then by the input's path. */
export const references: Readonly<Record<string, References>> = {
  ...networkReferences,
  ...identityReferences,
  ...computeReferences,
  ...storeReferences,
};
