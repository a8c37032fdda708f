// Names of the components of stores: what a name may hold, less what the component and Pulumi add to it.
import { shortened } from "../../../components/kit/names";

/** S3 allows 63 characters; `-bucket` and Pulumi's suffix follow the name. */
const LONGEST_STORE_NAME = 48;

/** OpenSearch allows 28 characters; `-` and eight digits follow the name. */
const LONGEST_SEARCH_NAME = 19;

/** Name of a service's bucket or table. */
export const storeName = (service: string, store: string): string =>
  shortened(`${service}-${store}`, LONGEST_STORE_NAME);

/** Name of a service's search domain. */
export const searchName = (service: string): string => shortened(`${service}-search`, LONGEST_SEARCH_NAME);

/** DocumentDB allows 63 characters for the cluster; Pulumi's suffix and digits follow the name. */
const LONGEST_DOCUMENTS_NAME = 40;

/** Name of a service's document database. */
export const documentsName = (service: string): string => shortened(`${service}-documents`, LONGEST_DOCUMENTS_NAME);
