// Cloud Map.
import type { Cards } from "../card";
import type { NewResource, Reference } from "../../providers/core/rules";
import { BASE36, UPPER, physicalName } from "../identifiers";
import { vpc } from "../references";
import { logs } from "../times";

const namespaceId = (resource: NewResource): string => `ns-${resource.token(16, BASE36)}`;
const namespaceArn = (resource: NewResource): string => resource.arn("servicediscovery", `namespace/${resource.id}`);

/** A namespace of either kind of DNS; the private one is the one that services usually have. */
const namespace: Reference = {
  type: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
  keeps: true,
  outside: true,
};

export const cards: Cards = {
  "aws:servicediscovery/httpNamespace:HttpNamespace": {
    source: "servicediscovery/http_namespace.go",
    id: namespaceId,
    autoname: { property: "name" },
    computed: { arn: namespaceArn, httpName: (resource) => physicalName(resource) },
    replaces: "description name",
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    source: "servicediscovery/private_dns_namespace.go",
    id: namespaceId,
    autoname: { property: "name" },
    unique: false,
    computed: { arn: namespaceArn, hostedZone: (resource) => `Z${resource.token(20, UPPER, "zone")}` },
    references: { vpc },
    replaces: "name vpc",
    creation: {
      runs: "44s",
      source: logs("aws_service_discovery_private_dns_namespace"),
    },
  },
  "aws:servicediscovery/service:Service": {
    source: "servicediscovery/service.go",
    id: (resource) => `srv-${resource.token(16, BASE36)}`,
    autoname: { property: "name" },
    unique: false,
    computed: { arn: (resource) => resource.arn("servicediscovery", `service/${resource.id}`), type: "DNS_HTTP" },
    references: {
      "dnsConfig.namespaceId": namespace,
    },
    replaces: `
      dnsConfig.dnsRecords.type dnsConfig.namespaceId dnsConfig.routingPolicy healthCheckConfig.type
      healthCheckCustomConfig name namespaceId type
    `,
  },
};
