import type { Environment } from "../model/environment";
import { dev } from "./dev";
import { local } from "./local";
import { prod } from "./prod";
import { staging } from "./staging";

/** Every environment that configuration can name, weakest first. */
export const environments = { local, dev, staging, prod } as const satisfies Readonly<Record<string, Environment>>;
