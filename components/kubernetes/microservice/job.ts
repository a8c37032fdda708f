// A program that runs to its end: by a schedule, or when a person starts it, as a migration is. It is a CronJob in both cases; a suspended
// one is Kubernetes's own template for runs that a person starts.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { seconds, throwIfAny, transformed } from "../../kit";
import { connect, inCluster, metadataOf, selectorOf, type Signal } from "../kit";
import type { JobArgs, JobOutputs } from "./args";
import { podTemplate } from "./pod";
import { resolvePod } from "./resolve";
import { jobSignals } from "./signals";
import { createServiceAccount } from "./service-account";
import { validateJob, variablesOf } from "./validate";

const TYPE = "archipelago:kubernetes:Job";
/** A day that no month has: the schedule of a job that only a person starts, beside `suspend`. */
const NEVER = "0 0 31 2 *";

/**
 * A run ends before its node goes, as far as an autoscaler decides it: Cluster Autoscaler (its FAQ, "What types of pods can prevent CA from removing
 * a node?"), and Karpenter, which EKS Auto Mode has (https://karpenter.sh/docs/concepts/disruption/#pod-level-controls).
 */
const STAYS = { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false", "karpenter.sh/do-not-disrupt": "true" };

/** The children of a job. */
export interface JobNodes {
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
  readonly networkPolicies: Readonly<Record<string, kubernetes.networking.v1.NetworkPolicy>>;
  readonly cronJob: kubernetes.batch.v1.CronJob;
}

/**
 * A CronJob with an account and NetworkPolicies of its own. It costs what its pod takes of a node while it runs. Changes count for the
 * next run; a new name replaces everything.
 *
 * @example
 * new Job("order-migration", {
 *   placement: { namespace: "shop-dev" },
 *   image: "registry.example.com/shop/order:1.4.2",
 *   command: ["node", "dist/migrate.js"],
 * }, { provider });
 */
export class Job extends pulumi.ComponentResource implements JobOutputs {
  readonly cronJobName: pulumi.Output<string>;
  readonly runCommand: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: JobNodes;

  constructor(name: string, args: JobArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateJob(name, args));
    this.nodes = createNodes(name, args, this);
    this.signals = jobSignals(name);
    const { metadata } = this.nodes.cronJob;
    this.cronJobName = metadata.name;
    this.runCommand = pulumi.interpolate`kubectl --namespace ${metadata.namespace} create job --from=cronjob/${metadata.name} ${metadata.name}-$(date +%s)`;
    const { cronJobName, runCommand } = this;
    this.registerOutputs({ cronJobName, runCommand });
  }
}

function createNodes(name: string, args: JobArgs, parent: pulumi.Resource): JobNodes {
  const selector = selectorOf(name, "job");
  const { placement, grants = {}, transform } = args;
  const serviceAccount = createServiceAccount({ name, args, selector, child: { parent } }, transform?.serviceAccount);
  const networkPolicies = connect({ name, placement, selector, grants, parent, transform: transform?.networkPolicy });
  const started = Object.values(grants).flatMap(({ startsAfter = [] }) => startsAfter);
  const cronJob = new kubernetes.batch.v1.CronJob(
    ...transformed<kubernetes.batch.v1.CronJobArgs>(
      transform?.cronJob,
      name,
      {
        metadata: metadataOf(placement, name, selector),
        spec: cronJobSpec(name, args, selector, serviceAccount.metadata.name),
      },
      { parent, dependsOn: [...Object.values(networkPolicies), ...started] },
    ),
  );
  return { serviceAccount, networkPolicies, cronJob };
}

function cronJobSpec(
  name: string,
  args: JobArgs,
  selector: ReturnType<typeof selectorOf>,
  serviceAccountName: pulumi.Input<string>,
) {
  const { schedule, timeZone = "UTC", deadline = "1h", startingDeadline = "5m", retries = 2 } = args;
  const settings = resolvePod(args);
  const template = podTemplate({
    ...{ name, args, settings, selector, serviceAccountName },
    variables: variablesOf(name, undefined, args).variables,
    container: {},
    annotations: STAYS,
    spec: { restartPolicy: "Never", terminationGracePeriodSeconds: settings.stopTimeout },
  });
  return {
    schedule: schedule ?? NEVER,
    timeZone,
    suspend: schedule === undefined,
    // A run that takes longer than its interval is not joined by a second one.
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: seconds(startingDeadline) ?? 300,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: {
      spec: {
        backoffLimit: retries,
        activeDeadlineSeconds: seconds(deadline) ?? 3600,
        ttlSecondsAfterFinished: 86_400,
        template,
      },
    },
  };
}
