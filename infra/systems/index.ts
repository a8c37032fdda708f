import type { System } from "../model/system";
import { ecommerce } from "./ecommerce";

/** Every system that configuration can name. */
export const systems: Readonly<Record<string, System>> = { [ecommerce.name]: ecommerce };
