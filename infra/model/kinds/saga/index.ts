// Sagas: described, not built yet.
import type { Kind } from "../kind";
import { system } from "./description";
import { checkSagas } from "./validate";

const describes = { system };

export const saga: Kind<typeof describes> = { describes, conflicts: checkSagas };
