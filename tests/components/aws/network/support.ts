// What the specs of a network share.
import { Network, type NetworkArgs } from "../../../../components/aws/network";
import { type Deployment, deploy, type Registered } from "../../../../offline/providers/mocks";

export const ARGS: NetworkArgs = {
  placement: { partition: "aws", region: "eu-central-1", accountId: "123456789012" },
  cidr: "10.0.0.0/16",
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
};
export const start = (change: Partial<NetworkArgs> = {}): Promise<Deployment<Network>> =>
  deploy(() => new Network("network", { ...ARGS, ...change }), { region: "eu-central-1" });
export const idsOf = (resources: readonly Registered[]) => resources.map(({ outputs }) => outputs.id);
export const names = (resources: readonly Registered[]) => resources.map(({ name }) => name).sort();
export const document = (text: unknown) => JSON.parse(String(text)) as { readonly Statement: readonly unknown[] };
export const subnets = ({ ofType }: Deployment<Network>, tier: string) =>
  ofType("aws:ec2/subnet:Subnet").filter(({ name }) => name.startsWith(`network-${tier}-`));
export const tables = ({ ofType }: Deployment<Network>, tier: string) =>
  ofType("aws:ec2/routeTable:RouteTable").filter(({ name }) => name.startsWith(`network-${tier}-`));
