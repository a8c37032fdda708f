// How many pods run: an autoscaler of Kubernetes on CPU and memory, or KEDA where a queue counts as well; and how many may be away at once.
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../../kit";
import { metadataOf } from "../kit";
import type { Context } from "./context";
import type { ResolvedScaling } from "./resolve";

/** Most seconds of a window and of a policy's period (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/). */
const LONGEST_PERIOD = 1800;

/** Creates what changes the number of pods, where something does. */
export function createScaling(context: Context, deploymentName: pulumi.Input<string>) {
  const { scaling } = context.settings;
  return {
    autoscaler: scaling.by === "HorizontalPodAutoscaler" ? createAutoscaler(context, deploymentName) : undefined,
    scaledObject: scaling.by === "ScaledObject" ? createScaledObject(context, deploymentName) : undefined,
  };
}

/** Pods come at once when usage is high, at most twice as many in a cooldown; they go when it was low for a whole cooldown. */
function behavior({ scaleInCooldown, scaleOutCooldown }: ResolvedScaling) {
  const periodSeconds = Math.min(Math.max(scaleOutCooldown, 1), LONGEST_PERIOD);
  return {
    scaleUp: {
      stabilizationWindowSeconds: 0,
      selectPolicy: "Max",
      // Two at least, so that one pod does not become two and then three, each in a cooldown of its own.
      policies: [
        { type: "Percent", value: 100, periodSeconds },
        { type: "Pods", value: 2, periodSeconds },
      ],
    },
    scaleDown: { stabilizationWindowSeconds: scaleInCooldown },
  };
}

function createAutoscaler(
  { name, args, settings: { scaling }, selector, child }: Context,
  deployment: pulumi.Input<string>,
) {
  const { min, max, cpu, memory } = scaling;
  const metrics = Object.entries({ cpu, memory }).flatMap(([resource, averageUtilization]) =>
    averageUtilization === undefined
      ? []
      : [{ type: "Resource", resource: { name: resource, target: { type: "Utilization", averageUtilization } } }],
  );
  return new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
    ...transformed<kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs>(
      args.transform?.autoscaler,
      name,
      {
        metadata: metadataOf(args.placement, name, selector),
        spec: {
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
          minReplicas: min,
          maxReplicas: max,
          metrics,
          behavior: behavior(scaling),
        },
      },
      child,
    ),
  );
}

/** KEDA makes an autoscaler of its own out of it (`keda-hpa-<name>`); two autoscalers of one Deployment would work against each other. */
function createScaledObject(
  { name, args, settings: { scaling }, selector, child }: Context,
  deployment: pulumi.Input<string>,
) {
  const { min, max, cpu, memory, triggers } = scaling;
  const usage = Object.entries({ cpu, memory }).flatMap(([type, value]) =>
    value === undefined ? [] : [{ type, metricType: "Utilization", metadata: { value: String(value) } }],
  );
  const others = triggers.map(({ type, metadata, authenticationName }) => ({
    type,
    metadata,
    ...(authenticationName !== undefined && { authenticationRef: { name: authenticationName } }),
  }));
  return new kubernetes.apiextensions.CustomResource(
    ...transformed<kubernetes.apiextensions.CustomResourceArgs>(
      args.transform?.scaledObject,
      name,
      {
        apiVersion: "keda.sh/v1alpha1",
        kind: "ScaledObject",
        metadata: metadataOf(args.placement, name, selector),
        spec: {
          scaleTargetRef: { name: deployment },
          minReplicaCount: min,
          maxReplicaCount: max,
          pollingInterval: 15,
          advanced: { horizontalPodAutoscalerConfig: { behavior: behavior(scaling) } },
          triggers: [...usage, ...others],
        },
      },
      child,
    ),
  );
}

/**
 * `maxUnavailable: 1`, for any number of pods: with `minAvailable: 1` a node with the only pod of a service could not be drained. Pods that are
 * not ready can always be evicted, so a broken service does not block the drain of a node.
 */
export function createDisruptionBudget({ name, args, selector, child }: Context) {
  return new kubernetes.policy.v1.PodDisruptionBudget(
    ...transformed<kubernetes.policy.v1.PodDisruptionBudgetArgs>(
      args.transform?.disruptionBudget,
      name,
      {
        metadata: metadataOf(args.placement, name, selector),
        spec: {
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: { ...selector } },
        },
      },
      child,
    ),
  );
}
