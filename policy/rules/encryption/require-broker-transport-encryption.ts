import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";
import { isOn } from "./keys";

export const requireBrokerTransportEncryption: ResourceRule = {
  id: "require-broker-transport-encryption",
  title: "Kafka speaks TLS only",
  description: "A Kafka cluster takes TLS connections only, from clients and between its brokers.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "set encryptionInfo.encryptionInTransit to { clientBroker: TLS, inCluster: true }, or leave it out",
  appliesTo: ["aws:msk/cluster:Cluster"],
  check(cluster, report) {
    const transit = "encryptionInfo.encryptionInTransit";
    const client = at(cluster.props, `${transit}.clientBroker`);
    if (client !== UNKNOWN && !isMissing(client) && client !== "TLS") {
      report({ path: `${transit}.clientBroker`, found: client, required: '"TLS"' });
    }
    const within = at(cluster.props, `${transit}.inCluster`);
    if (!isMissing(within) && !isOn(within)) report({ path: `${transit}.inCluster`, found: within, required: "true" });
  },
};
