import type { StackRule } from "../rule";
import { at } from "../value";
import { publicSubnetsOf } from "./public-subnets";

/** Where each type names its subnets. */
const PLACES: Readonly<Record<string, string>> = {
  "aws:rds/subnetGroup:SubnetGroup": "subnetIds",
  "aws:elasticache/subnetGroup:SubnetGroup": "subnetIds",
  "aws:elasticache/serverlessCache:ServerlessCache": "subnetIds",
  "aws:memorydb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:docdb/subnetGroup:SubnetGroup": "subnetIds",
  "aws:neptune/subnetGroup:SubnetGroup": "subnetIds",
  "aws:redshift/subnetGroup:SubnetGroup": "subnetIds",
  "aws:efs/mountTarget:MountTarget": "subnetId",
  "aws:opensearch/domain:Domain": "vpcOptions.subnetIds",
  "aws:msk/cluster:Cluster": "brokerNodeGroupInfo.clientSubnets",
  "aws:mq/broker:Broker": "subnetIds",
};

export const disallowStoreInPublicSubnet: StackRule = {
  id: "disallow-store-in-public-subnet",
  title: "Data stores live in subnets that the internet can't reach",
  description: "A database, cache or file system lives in subnets without a route to an internet gateway.",
  severity: "critical",
  controls: ["PCI-DSS-4.0 1.4.4", "NIST-800-53 SC-7"],
  remediation: "name subnets of the isolated tier",
  appliesTo: Object.keys(PLACES),
  checkStack(stack, report) {
    for (const [type, path] of Object.entries(PLACES)) {
      for (const store of stack.ofType(type)) {
        const open = publicSubnetsOf(stack, store, path).map(({ name }) => name);
        const required = `subnets without a route to an internet gateway, which ${open.join(", ")} has`;
        if (open.length > 0) report(store, { path, found: at(store.props, path), required });
      }
    }
  },
};
