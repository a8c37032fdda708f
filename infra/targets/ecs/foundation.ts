import type { Cluster } from "../../../components/aws/cluster";
import type { Firewall } from "../../../components/aws/gateway";
import type { Foundation as AwsFoundation } from "../aws/foundation";

/** What the services of one stack stand on, with the cluster that runs them. */
export interface Foundation extends AwsFoundation {
  readonly cluster: Cluster;
  readonly firewall: Firewall | undefined;
}
