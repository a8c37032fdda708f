// The rules of the pack: secrets stand where only their users read them, and change.
import type { Rule } from "../rule";
import { disallowPlainSecrets } from "./disallow-plain-secrets";
import { secretRules } from "./secrets";

/** Every rule of the pack "secrets". */
export const secretsRules: readonly Rule[] = [disallowPlainSecrets, ...secretRules];
