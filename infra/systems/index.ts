import type { System } from "../model/system";
import { ecommerce } from "./ecommerce";
import { enterprise } from "./enterprise";

/** Every system that configuration can name. */
export const systems: Readonly<Record<string, System>> = {
  [ecommerce.name]: ecommerce,
  [enterprise.name]: enterprise,
};
