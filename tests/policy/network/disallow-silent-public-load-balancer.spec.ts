import { disallowSilentPublicLoadBalancer } from "../../../policy/rules/network/disallow-silent-public-load-balancer";
import { resource, specify, unknown } from "../support";

const balancer = (props: object) => resource("aws:lb/loadBalancer:LoadBalancer", { arn: "arn:lb", ...props }, "lb");
const listener = (protocol: unknown, arn: unknown = "arn:lb") =>
  resource("aws:lb/listener:Listener", { loadBalancerArn: arn, protocol, port: 443 }, "listener", {
    loadBalancerArn: ["lb"],
  });

specify(disallowSilentPublicLoadBalancer, {
  compliant: [
    [balancer({ internal: true })],
    [balancer({ internal: false }), listener("HTTPS")],
    [balancer({ internal: false }), listener("TCP")],
    [balancer({ loadBalancerType: "gateway" })],
  ],
  violating: [
    [[balancer({ internal: false })], ["lb: internal is false"]],
    [[balancer({ internal: false }), listener("HTTP")], ["lb: internal is false"]],
    [[balancer({ internal: false }), listener("HTTPS", "arn:other")], ["lb: internal is false"]],
  ],
  notApplicable: [[resource("aws:elb/loadBalancer:LoadBalancer", {})]],
  missing: [[[balancer({}), listener("HTTPS")], ["lb: internal is not set"]]],
  unknown: [
    [[{ ...balancer({ internal: unknown }), from: { internal: ["listener"] } }, listener("HTTP", "arn:other")], []],
    [[balancer({ internal: unknown })], ["lb: internal is not set"]],
    [[balancer({ internal: false }), listener(unknown)], []],
    [[balancer({ internal: false, arn: unknown }), listener("HTTPS", unknown)], []],
  ],
});
