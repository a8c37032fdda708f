import { enforceApiDomainTls } from "../../../policy/rules/encryption/enforce-api-domain-tls";
import { resource, specify, unknown } from "../support";

const rest = (props: object) => resource("aws:apigateway/domainName:DomainName", { ...props });
const http = (securityPolicy: unknown) =>
  resource("aws:apigatewayv2/domainName:DomainName", { domainNameConfiguration: { securityPolicy } });

specify(enforceApiDomainTls, {
  compliant: [
    rest({ securityPolicy: "TLS_1_2" }),
    rest({ securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" }),
    http("TLS_1_2"),
  ],
  violating: [
    [rest({ securityPolicy: "TLS_1_0" }), ['it: securityPolicy is "TLS_1_0"']],
    [http("TLS_1_0"), ['it: domainNameConfiguration.securityPolicy is "TLS_1_0"']],
  ],
  notApplicable: [resource("aws:apigateway/basePathMapping:BasePathMapping", {})],
  missing: [[rest({}), ["it: securityPolicy is not set"]]],
  unknown: [
    [rest({ securityPolicy: unknown }), []],
    [resource("aws:apigatewayv2/domainName:DomainName", { domainNameConfiguration: unknown }), []],
  ],
});
