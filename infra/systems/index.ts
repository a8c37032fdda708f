import type { System } from "../model/system";
import { adTracking } from "./ad-tracking";
import { ecommerce } from "./ecommerce";
import { enterprise } from "./enterprise";

/** Every system that configuration can name. */
export const systems: Readonly<Record<string, System>> = {
  [adTracking.name]: adTracking,
  [ecommerce.name]: ecommerce,
  [enterprise.name]: enterprise,
};
