import { requireBrokerTransportEncryption } from "../../../policy/rules/encryption/require-broker-transport-encryption";
import { resource, specify, unknown } from "../support";

const cluster = (encryptionInTransit: unknown) =>
  resource("aws:msk/cluster:Cluster", { encryptionInfo: { encryptionInTransit } });
const path = "encryptionInfo.encryptionInTransit";

specify(requireBrokerTransportEncryption, {
  compliant: [cluster({ clientBroker: "TLS", inCluster: true }), cluster({ clientBroker: "TLS" })],
  violating: [
    [cluster({ clientBroker: "TLS_PLAINTEXT" }), [`it: ${path}.clientBroker is "TLS_PLAINTEXT"`]],
    [cluster({ clientBroker: "TLS", inCluster: false }), [`it: ${path}.inCluster is false`]],
  ],
  notApplicable: [
    resource("aws:msk/serverlessCluster:ServerlessCluster", {
      encryptionInfo: { encryptionInTransit: { clientBroker: "PLAINTEXT" } },
    }),
  ],
  missing: [[resource("aws:msk/cluster:Cluster", {}), []]],
  unknown: [
    [cluster(unknown), []],
    [cluster({ clientBroker: unknown, inCluster: false }), [`it: ${path}.inCluster is false`]],
  ],
});
