// A service as its specs build it: everything around it is given as plain values.
import * as pulumi from "@pulumi/pulumi";
import { Microservice, type MicroserviceArgs } from "../../../../components/aws/microservice";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { standing } from "../../../support/standing";

export const placement = { partition: "aws", region: "eu-central-1", accountId: "123456789012" };
export const REPOSITORY = "arn:aws:ecr:eu-central-1:123456789012:repository/shop/order";

/** Everything but the image. */
export const imageless: MicroserviceArgs = {
  placement,
  cluster: {
    clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/shop",
    clusterName: "shop",
    namespaceArn: "arn:aws:servicediscovery:eu-central-1:123456789012:namespace/ns-1",
    namespaceName: "microservices.local",
    capacityProviderStrategy: [
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ],
  },
  network: { vpcId: "vpc-1", privateSubnetIds: ["subnet-1", "subnet-2"] },
  egressManagedElsewhere: true,
  scaling: { min: 2, max: 2 },
};

export const minimal: MicroserviceArgs = {
  ...imageless,
  image: "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/order:1.4.2",
};

/** Routing through a load balancer that metrics can't be asked of by name. */
export const unnamed = {
  listenerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/1/2",
  loadBalancerSecurityGroupId: "sg-alb",
  paths: ["/api/orders/*"],
  priority: 200,
} as const;

export const routing = { ...unnamed, loadBalancerArnSuffix: "app/shop/1" };

/** Builds `order` with what differs from the minimal service. */
export function build(args: Partial<MicroserviceArgs> = {}): Promise<Deployment<Microservice>> {
  return deploy(() => new Microservice("order", { ...minimal, ...args }), { existing: standing });
}

/** A document's statements. */
export function statementsOf(json: unknown): readonly unknown[] {
  if (typeof json !== "string") throw new TypeError(`not a document: ${String(json)}`);
  return (JSON.parse(json) as { readonly Statement: readonly unknown[] }).Statement;
}

/** The only container definition of a service. */
export function containerOf({ one }: Deployment<unknown>): Record<string, unknown> {
  const json = one("aws:ecs/taskDefinition:TaskDefinition").inputs.containerDefinitions;
  if (typeof json !== "string") throw new TypeError("no container definitions");
  const [container] = JSON.parse(json) as Record<string, unknown>[];
  if (container === undefined) throw new TypeError("an empty list of containers");
  return container;
}

/** A value that another resource would supply. */
export function supplied<T>(value: T): pulumi.Output<pulumi.Unwrap<T>> {
  return pulumi.output(value);
}
