export type { GeneratedSecretsArgs } from "./args";
export { GeneratedSecrets, type SecretReference } from "./generated-secrets";
