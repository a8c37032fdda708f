import { disallowDefaultVpc } from "../../../policy/rules/network/disallow-default-vpc";
import { resource, specify, unknown } from "../support";

const vpc = (props: object) => resource("aws:ec2/defaultVpc:DefaultVpc", { ...props });

specify(disallowDefaultVpc, {
  compliant: [vpc({ forceDestroy: true })],
  violating: [[vpc({ forceDestroy: false }), ["it: forceDestroy is false"]]],
  notApplicable: [resource("aws:ec2/vpc:Vpc", {})],
  missing: [
    [vpc({}), ["it: forceDestroy is not set"]],
    [resource("aws:ec2/defaultSubnet:DefaultSubnet", {}), ["it: forceDestroy is not set"]],
  ],
  unknown: [[vpc({ forceDestroy: unknown }), []]],
});
