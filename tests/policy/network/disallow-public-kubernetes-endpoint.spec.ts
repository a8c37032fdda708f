import { disallowPublicKubernetesEndpoint } from "../../../policy/rules/network/disallow-public-kubernetes-endpoint";
import { resource, specify, unknown } from "../support";

const cluster = (vpcConfig: unknown) => resource("aws:eks/cluster:Cluster", { vpcConfig });

specify(disallowPublicKubernetesEndpoint, {
  compliant: [
    cluster({ endpointPublicAccess: false }),
    cluster({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }),
  ],
  violating: [
    [cluster({ endpointPublicAccess: true }), ["it: vpcConfig.endpointPublicAccess is true"]],
    [cluster({ publicAccessCidrs: ["0.0.0.0/0"] }), ['it: vpcConfig.publicAccessCidrs[0] is "0.0.0.0/0"']],
  ],
  notApplicable: [resource("aws:ecs/cluster:Cluster", {})],
  missing: [[cluster({ subnetIds: [] }), ["it: vpcConfig.endpointPublicAccess is not set"]]],
  unknown: [
    [cluster(unknown), []],
    [cluster({ endpointPublicAccess: unknown }), []],
    [cluster({ publicAccessCidrs: [unknown, "::/0"] }), ['it: vpcConfig.publicAccessCidrs[1] is "::/0"']],
  ],
});
