import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../../../components/aws/cluster";
import type { Firewall } from "../../../components/aws/gateway";
import type { Messaging } from "../../../components/aws/messaging";
import type { ExistingNetwork, Network } from "../../../components/aws/network";
import type { Placement } from "../../../components/kit";
import type { Plan, ServicePlan } from "../../model/plan";

/** What the services of one stack stand on. */
export interface Foundation {
  readonly plan: Plan;
  /** Services of the plan by name. */
  readonly services: ReadonlyMap<string, ServicePlan>;
  readonly placement: Placement;
  readonly network: Network | ExistingNetwork;
  readonly cluster: Cluster;
  readonly firewall: Firewall | undefined;
  readonly messaging: Messaging;
  /** Key of the services' logs. */
  readonly logKeyArn: pulumi.Output<string>;
  readonly alarmTopicArn: pulumi.Output<string>;
  readonly opts: pulumi.ComponentResourceOptions;
  /** Every component that was created with `opts`. */
  readonly components: readonly pulumi.Resource[];
}
