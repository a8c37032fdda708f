import { enforceListenerTlsPolicy } from "../../../policy/rules/encryption/enforce-listener-tls-policy";
import { resource, specify, unknown } from "../support";

const listener = (props: object) => resource("aws:lb/listener:Listener", { protocol: "HTTPS", ...props });

specify(enforceListenerTlsPolicy, {
  compliant: [
    listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
    listener({ sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
    listener({ protocol: "HTTP" }),
  ],
  violating: [
    [listener({ sslPolicy: "ELBSecurityPolicy-2016-08" }), ['it: sslPolicy is "ELBSecurityPolicy-2016-08"']],
    [
      listener({ protocol: "TLS", sslPolicy: "ELBSecurityPolicy-TLS13-1-1-2021-06" }),
      ['it: sslPolicy is "ELBSecurityPolicy-TLS13-1-1-2021-06"'],
    ],
  ],
  notApplicable: [resource("aws:lb/listenerRule:ListenerRule", { protocol: "HTTPS" })],
  missing: [
    [listener({}), ["it: sslPolicy is not set"]],
    [resource("aws:alb/listener:Listener", { protocol: "TLS" }), ["it: sslPolicy is not set"]],
  ],
  unknown: [
    [listener({ sslPolicy: unknown }), []],
    [listener({ protocol: unknown }), []],
  ],
});
