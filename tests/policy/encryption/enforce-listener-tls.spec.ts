import { enforceListenerTls } from "../../../policy/rules/encryption/enforce-listener-tls";
import { resource, specify, unknown } from "../support";

const balancer = (props: object) => resource("aws:lb/loadBalancer:LoadBalancer", { arn: "arn:lb", ...props }, "lb");
const listener = (props: object, arn: unknown = "arn:lb") =>
  resource("aws:lb/listener:Listener", { loadBalancerArn: arn, protocol: "HTTP", port: 80, ...props }, "http", {
    loadBalancerArn: ["lb"],
  });
const redirect = (protocol: unknown) => ({
  defaultActions: [{ type: "redirect", redirect: { protocol, statusCode: "HTTP_301" } }],
});
const forward = { defaultActions: [{ type: "forward" }] };

specify(enforceListenerTls, {
  compliant: [
    [balancer({ internal: false }), listener({ protocol: "HTTPS", port: 443, ...forward })],
    [balancer({ internal: false }), listener(redirect("HTTPS"))],
    [balancer({ internal: true }), listener(forward)],
  ],
  violating: [
    [[balancer({ internal: false }), listener(forward)], ['http: protocol is "HTTP"']],
    [[balancer({ internal: false }), listener(redirect("HTTP"))], ['http: protocol is "HTTP"']],
    [[balancer({ internal: false }), listener({ ...forward, protocol: "TCP" })], ['http: protocol is "TCP"']],
    [[listener(forward, "arn:other"), balancer({ internal: true })], ['http: protocol is "HTTP"']],
  ],
  notApplicable: [[resource("aws:elb/loadBalancer:LoadBalancer", { listeners: [{ lbProtocol: "http" }] })]],
  missing: [
    [[balancer({}), listener(forward)], ['http: protocol is "HTTP"']],
    [[balancer({}), listener({ protocol: "" })], ["http: protocol is not set"]],
  ],
  unknown: [
    [[{ ...balancer({ internal: unknown }), from: { internal: ["http"] } }, listener(forward)], []],
    [[balancer({ internal: unknown }), listener(forward)], ['http: protocol is "HTTP"']],
    [[balancer({ internal: false }), listener({ defaultActions: unknown })], []],
    [[balancer({ internal: true, arn: unknown }), listener(forward, unknown)], []],
    [[balancer({ internal: false, arn: unknown }), listener(forward, unknown)], ['http: protocol is "HTTP"']],
    [[balancer({ internal: false }), listener({ protocol: unknown })], []],
  ],
});
