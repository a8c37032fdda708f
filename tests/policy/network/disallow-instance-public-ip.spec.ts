import { disallowInstancePublicIp } from "../../../policy/rules/network/disallow-instance-public-ip";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:ec2/instance:Instance", { ...props });
const template = (...networkInterfaces: unknown[]) =>
  resource("aws:ec2/launchTemplate:LaunchTemplate", { networkInterfaces });

specify(disallowInstancePublicIp, {
  compliant: [instance({ associatePublicIpAddress: false }), template({ associatePublicIpAddress: "false" })],
  violating: [
    [instance({ associatePublicIpAddress: true }), ["it: associatePublicIpAddress is true"]],
    [
      template({}, { associatePublicIpAddress: "true" }),
      ['it: networkInterfaces[1].associatePublicIpAddress is "true"'],
    ],
  ],
  notApplicable: [resource("aws:ec2/networkInterface:NetworkInterface", { associatePublicIpAddress: true })],
  missing: [
    [instance({}), []],
    [template(), []],
  ],
  unknown: [
    [instance({ associatePublicIpAddress: unknown }), []],
    [
      template(unknown, { associatePublicIpAddress: "true" }),
      ['it: networkInterfaces[1].associatePublicIpAddress is "true"'],
    ],
  ],
});
