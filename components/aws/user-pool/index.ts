export type { ClientSettings, UserPoolArgs, UserPoolOutputs } from "./args";
export { UserPool } from "./user-pool";
export { clientScope, isPoolScope, validateUserPool } from "./validate";
