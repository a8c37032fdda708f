export type { SearchDomainArgs, SearchDomainOutputs } from "./args";
export { SearchDomain } from "./search-domain";
