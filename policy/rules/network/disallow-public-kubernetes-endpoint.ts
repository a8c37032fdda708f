import type { ResourceRule } from "../rule";
import { at, each, isMissing, UNKNOWN } from "../value";
import { isAnywhere } from "./cidr";

export const disallowPublicKubernetesEndpoint: ResourceRule = {
  id: "disallow-public-kubernetes-endpoint",
  title: "Kubernetes' API is not open to the internet",
  description: "The API of an EKS cluster is private, or public to named ranges only.",
  severity: "high",
  controls: ["PCI-DSS-4.0 1.3.1", "NIST-800-53 SC-7"],
  remediation: "set vpcConfig.endpointPublicAccess to false, or publicAccessCidrs to the ranges that may connect",
  appliesTo: ["aws:eks/cluster:Cluster"],
  check(cluster, report) {
    const open = at(cluster.props, "vpcConfig.endpointPublicAccess");
    const ranges = at(cluster.props, "vpcConfig.publicAccessCidrs");
    if (open === false || open === "false" || open === UNKNOWN || ranges === UNKNOWN) return;
    if (isMissing(ranges)) report({ path: "vpcConfig.endpointPublicAccess", found: open, required: "false" });
    for (const { path, value } of each(cluster.props, "vpcConfig.publicAccessCidrs[*]")) {
      if (isAnywhere(value)) report({ path, found: value, required: "a range that is not the internet" });
    }
  },
};
