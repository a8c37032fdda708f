import { disallowPublicIpOnLaunch } from "../../../policy/rules/network/disallow-public-ip-on-launch";
import { resource, specify, unknown } from "../support";

const subnet = (props: object) => resource("aws:ec2/subnet:Subnet", { ...props });
const byDefault = (props: object) => resource("aws:ec2/defaultSubnet:DefaultSubnet", { ...props });

specify(disallowPublicIpOnLaunch, {
  compliant: [subnet({ mapPublicIpOnLaunch: false }), byDefault({ mapPublicIpOnLaunch: false })],
  violating: [[subnet({ mapPublicIpOnLaunch: true }), ["it: mapPublicIpOnLaunch is true"]]],
  notApplicable: [resource("aws:ec2/vpc:Vpc", { mapPublicIpOnLaunch: true })],
  missing: [
    [subnet({}), []],
    [byDefault({}), ["it: mapPublicIpOnLaunch is not set"]],
  ],
  unknown: [
    [subnet({ mapPublicIpOnLaunch: unknown }), []],
    [byDefault({ mapPublicIpOnLaunch: unknown }), []],
  ],
});
