export type { GeneratedSecretsArgs } from "./args";
export { GeneratedSecrets } from "./generated-secrets";
