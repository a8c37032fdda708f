import { disallowTaskPublicIp } from "../../../policy/rules/network/disallow-task-public-ip";
import { resource, specify, unknown } from "../support";

const service = (networkConfiguration: unknown) => resource("aws:ecs/service:Service", { networkConfiguration });

specify(disallowTaskPublicIp, {
  compliant: [service({ assignPublicIp: false }), service({ subnets: ["s-1"] })],
  violating: [
    [service({ assignPublicIp: true }), ["it: networkConfiguration.assignPublicIp is true"]],
    [
      resource("aws:cloudwatch/eventTarget:EventTarget", {
        ecsTarget: { networkConfiguration: { assignPublicIp: true } },
      }),
      ["it: ecsTarget.networkConfiguration.assignPublicIp is true"],
    ],
    [
      resource("aws:scheduler/schedule:Schedule", {
        target: { ecsParameters: { networkConfiguration: { assignPublicIp: true } } },
      }),
      ["it: target.ecsParameters.networkConfiguration.assignPublicIp is true"],
    ],
  ],
  notApplicable: [
    resource("aws:ecs/taskDefinition:TaskDefinition", { networkConfiguration: { assignPublicIp: true } }),
  ],
  missing: [[resource("aws:ecs/service:Service", {}), []]],
  unknown: [
    [service(unknown), []],
    [service({ subnets: unknown, assignPublicIp: true }), ["it: networkConfiguration.assignPublicIp is true"]],
  ],
});
