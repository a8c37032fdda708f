// What can be described before it can be built.
import type { Kind } from "../kind";
import { owns } from "./description";
import { unbuiltConflicts } from "./validate";

const describes = { owns };

export const unbuilt: Kind<typeof describes> = { describes, conflicts: unbuiltConflicts };
