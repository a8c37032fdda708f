// One service of the system on Kubernetes. Nothing is shared with another service: account, policies and budget are its own, so that what it
// may do is what its edges say. Its own policy opens its side of an edge, and a second policy the other side.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type CallPolicy, callProblems, callVariables, InvalidInput, throwIfAny, transformed } from "../../kit";
import {
  connect,
  type Grant,
  inCluster,
  ingressFrom,
  ingressFromRanges,
  metadataOf,
  selectorOf,
  type Signal,
} from "../kit";
import type { MicroserviceArgs, MicroserviceOutputs } from "./args";
import type { Context } from "./context";
import { createGatewayPolicies } from "./gateway-policies";
import { podTemplate, serviceContainer, servicePod } from "./pod";
import { resolveSettings } from "./resolve";
import { createRoute } from "./routing";
import { createDisruptionBudget, createScaling } from "./scaling";
import { serviceSignals } from "./signals";
import { createServiceAccount } from "./service-account";
import { validateMicroservice, variablesOf } from "./validate";

const TYPE = "archipelago:kubernetes:Microservice";

/** The children of a microservice; those that only some services have may be undefined. */
export interface MicroserviceNodes {
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
  /** By name: the service's own, and one for each thing that it connects to. */
  readonly networkPolicies: Readonly<Record<string, kubernetes.networking.v1.NetworkPolicy>>;
  readonly deployment: kubernetes.apps.v1.Deployment;
  readonly service: kubernetes.core.v1.Service | undefined;
  readonly disruptionBudget: kubernetes.policy.v1.PodDisruptionBudget;
  readonly autoscaler: kubernetes.autoscaling.v2.HorizontalPodAutoscaler | undefined;
  readonly scaledObject: kubernetes.apiextensions.CustomResource | undefined;
  readonly securityPolicy: kubernetes.apiextensions.CustomResource | undefined;
  readonly trafficPolicy: kubernetes.apiextensions.CustomResource | undefined;
  readonly route: kubernetes.apiextensions.CustomResource | undefined;
}

/**
 * A Deployment with a Service, a ServiceAccount without rights, NetworkPolicies, a PodDisruptionBudget and an autoscaler; an HTTPRoute when it
 * is routed. It costs what its pods take of the nodes. Image, sizes, variables and edges make a rolling update without a pod less than
 * before; a new name replaces everything.
 *
 * @example
 * new Microservice("order", {
 *   placement: { namespace: "shop-dev" },
 *   image: "registry.example.com/shop/order:1.4.2",
 *   scaling: { min: 2, max: 10, cpu: 70 },
 * }, { provider });
 */
export class Microservice extends pulumi.ComponentResource implements MicroserviceOutputs {
  readonly deploymentName: pulumi.Output<string>;
  readonly serviceAccountName: pulumi.Output<string>;
  readonly url: pulumi.Output<string> | undefined;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: MicroserviceNodes;
  private readonly port: number | undefined;
  private readonly selector: Context["selector"];

  constructor(
    private readonly name: string,
    args: MicroserviceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateMicroservice(name, args));
    const settings = resolveSettings(args);
    this.port = settings.port;
    this.signals = serviceSignals(name, settings.scaling);
    this.selector = selectorOf(name, settings.port === undefined ? "worker" : "service");
    this.nodes = createNodes({ name, args, settings, selector: this.selector, child: { parent: this } });
    const { deployment, service, serviceAccount } = this.nodes;
    this.deploymentName = deployment.metadata.name;
    this.serviceAccountName = serviceAccount.metadata.name;
    this.url = service && urlOf(service, deployment, settings.port);
    const { deploymentName, serviceAccountName, url } = this;
    this.registerOutputs({ deploymentName, serviceAccountName, url });
  }

  grantCall(policy: CallPolicy = {}): Grant {
    const subject = `${TYPE} "${this.name}"`;
    throwIfAny(subject, callProblems(policy));
    if (this.url === undefined || this.port === undefined) {
      throw new InvalidInput(subject, [
        { path: "port", value: "none", allowed: "a port", remedy: "give the service a port, or remove the call" },
      ]);
    }
    return {
      environment: callVariables(this.name, this.url, policy),
      reaches: [{ to: this.name, port: this.port, pods: { labels: this.selector } }],
    };
  }
}

/** Through the Deployment's name, so that a caller waits until the service that it calls is available. */
function urlOf(service: kubernetes.core.v1.Service, deployment: kubernetes.apps.v1.Deployment, port = 0) {
  return pulumi
    .all([service.metadata.name, service.metadata.namespace, deployment.metadata.name])
    .apply(([name, namespace]) => `http://${name}.${namespace}:${port}`);
}

function createNodes(context: Context): MicroserviceNodes {
  const { name, args, settings, selector, child } = context;
  const serviceAccount = createServiceAccount(context, args.transform?.serviceAccount);
  const networkPolicies = connect({
    name,
    placement: args.placement,
    selector,
    grants: args.grants ?? {},
    ingress: ingressOf(args, settings.port),
    parent: child.parent,
    transform: args.transform?.networkPolicy,
  });
  const deployment = createDeployment(context, serviceAccount, Object.values(networkPolicies));
  const service = createService(context);
  const policies = createGatewayPolicies(context);
  return {
    serviceAccount,
    networkPolicies,
    deployment,
    service,
    disruptionBudget: createDisruptionBudget(context),
    ...createScaling(context, deployment.metadata.name),
    ...policies,
    route: createRoute(
      context,
      service?.metadata.name,
      Object.values(policies).filter((policy) => policy !== undefined),
    ),
  };
}

function ingressOf({ routing, clientCidrs = [] }: MicroserviceArgs, port: number | undefined) {
  if (port === undefined) return [];
  return [
    ...(routing ? [ingressFrom([routing.gateway.dataPlane], port)] : []),
    ...(clientCidrs.length > 0 ? [ingressFromRanges(clientCidrs, port)] : []),
  ];
}

function createDeployment(
  { name, args, settings, selector, child }: Context,
  serviceAccount: kubernetes.core.v1.ServiceAccount,
  policies: readonly pulumi.Resource[],
): kubernetes.apps.v1.Deployment {
  const template = podTemplate({
    name,
    args,
    settings,
    selector,
    variables: variablesOf(name, settings.port, args).variables,
    serviceAccountName: serviceAccount.metadata.name,
    container: serviceContainer(args, settings),
    spec: servicePod(selector, settings),
  });
  const started = Object.values(args.grants ?? {}).flatMap(({ startsAfter = [] }) => startsAfter);
  return new kubernetes.apps.v1.Deployment(
    ...transformed<kubernetes.apps.v1.DeploymentArgs>(
      args.transform?.deployment,
      name,
      {
        metadata: metadataOf(args.placement, name, selector),
        spec: {
          replicas: settings.scaling.min,
          selector: { matchLabels: { ...selector } },
          // A new pod is available before an old one goes.
          strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: SURGE } },
          minReadySeconds: 5,
          revisionHistoryLimit: 3,
          template,
        },
      },
      {
        ...child,
        dependsOn: [...policies, ...started],
        // The autoscaler decides it after the creation.
        ...(settings.scaling.by !== "nothing" && { ignoreChanges: ["spec.replicas"] }),
      },
    ),
  );
}

/** Pods beyond the desired number during a rolling update (`maxSurge`). */
export const SURGE = "25%";

function createService({ name, args, settings: { port }, selector, child }: Context) {
  if (port === undefined) return undefined;
  const metadata = metadataOf(args.placement, name, selector);
  return new kubernetes.core.v1.Service(
    ...transformed<kubernetes.core.v1.ServiceArgs>(
      args.transform?.service,
      name,
      {
        // The Deployment is awaited; a Service would be ready only when it is, and ten seconds later.
        metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
        spec: {
          type: "ClusterIP",
          selector: { ...selector },
          ports: [{ name: "http", port, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
        },
      },
      child,
    ),
  );
}
