import { isOn } from "../encryption/keys";
import type { ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

export const disallowPublicDatabase: ResourceRule = {
  id: "disallow-public-database",
  title: "Data stores have no public addresses",
  description: "A database, warehouse or broker is not publicly accessible.",
  severity: "critical",
  controls: ["CIS-AWS-3.0 2.3.3", "PCI-DSS-4.0 1.4.4", "NIST-800-53 SC-7"],
  remediation: "set publiclyAccessible to false",
  appliesTo: [
    "aws:rds/instance:Instance",
    "aws:rds/clusterInstance:ClusterInstance",
    "aws:neptune/clusterInstance:ClusterInstance",
    "aws:redshift/cluster:Cluster",
    "aws:redshiftserverless/workgroup:Workgroup",
    "aws:dms/replicationInstance:ReplicationInstance",
    "aws:mq/broker:Broker",
  ],
  check(store, report) {
    const found = at(store.props, "publiclyAccessible");
    if (found !== UNKNOWN && isOn(found)) report({ path: "publiclyAccessible", found, required: "false" });
  },
};
