// Load balancers, DNS, web application firewall.
import type { Birth, Reference, TypeRule } from "../core/rules";
import { dnsSuffix, physicalName, UPPER, uuid } from "./shapes";

const balancerKind = (birth: Birth): string =>
  ({ network: "net", gateway: "gwy" })[birth.text("loadBalancerType")] ?? "app";
const suffixOf = (arn: string, marker: string): string => arn.slice(arn.indexOf(marker) + marker.length);
const ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "Z35SXDOTRQ7X7K",
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "us-west-2": "Z1H1FL5HABSF5",
};

function balancerDns(birth: Birth): string {
  const name = physicalName(birth);
  const [digits, suffix] = [Number.parseInt(birth.hex(8, "dns"), 16), dnsSuffix(birth.partition)];
  if (birth.text("loadBalancerType") === "network")
    return `${name}-${birth.hex(16, "dns")}.elb.${birth.region}.${suffix}`;
  return `${birth.inputs.internal === true ? "internal-" : ""}${name}-${digits}.${birth.region}.elb.${suffix}`;
}

/** Web ACLs of CloudFront are kept in another region than what they stand before. */
const webAcl: Reference = {
  type: "aws:wafv2/webAcl:WebAcl",
  id: (arn, { region, accountId }) =>
    arn.includes(`:${region}:${accountId}:regional/`) ? arn.slice(arn.lastIndexOf("/") + 1) : undefined,
};
const headers = ["Credentials", "Headers", "Methods", "Origin"].map(
  (part) => `routingHttpResponseAccessControlAllow${part}HeaderValue`,
);

export const traffic: Readonly<Record<string, TypeRule>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    id: (birth) =>
      birth.arn("elasticloadbalancing", `loadbalancer/${balancerKind(birth)}/${physicalName(birth)}/${birth.hex(16)}`),
    autoname: { property: "name", limit: 32 },
    computed: {
      arn: (birth) => birth.id,
      arnSuffix: (birth) => suffixOf(birth.id, "loadbalancer/"),
      dnsName: balancerDns,
      zoneId: (birth) => ZONES[birth.region] ?? `Z${birth.token(13, UPPER, "zone")}`,
      vpcId: (birth) => `vpc-0${birth.hex(16, "vpc")}`,
      subnetMappings: [],
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
    },
    defaults: {
      internal: false,
      ipAddressType: "ipv4",
      loadBalancerType: "application",
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      dropInvalidHeaderFields: false,
      enableCrossZoneLoadBalancing: false,
      enableDeletionProtection: false,
      enableHttp2: true,
      enablePrefixForIpv6SourceNat: "",
      idleTimeout: 60,
      preserveHostHeader: false,
      xffHeaderProcessingMode: "append",
    },
  },
  "aws:lb/targetGroup:TargetGroup": {
    id: (birth) => birth.arn("elasticloadbalancing", `targetgroup/${physicalName(birth)}/${birth.hex(16)}`),
    autoname: { property: "name", limit: 32 },
    computed: {
      arn: (birth) => birth.id,
      arnSuffix: (birth) => birth.id.split(":").at(-1),
      loadBalancerArns: [],
      loadBalancingAlgorithmType: "round_robin",
      protocolVersion: (birth) => (birth.text("protocol").startsWith("HTTP") ? "HTTP1" : ""),
      preserveClientIp: "",
    },
    defaults: {
      deregistrationDelay: 300,
      slowStart: 0,
      targetType: "instance",
      proxyProtocolV2: false,
      ipAddressType: "ipv4",
    },
  },
  "aws:lb/listener:Listener": {
    id: (birth) => {
      const arn = birth.text("loadBalancerArn");
      return `${arn.replace(":loadbalancer/", ":listener/")}/${birth.hex(16)}`;
    },
    computed: {
      arn: (birth) => birth.id,
      protocol: "HTTP",
      sslPolicy: (birth) => (/^(HTTPS|TLS)$/.test(birth.text("protocol")) ? "ELBSecurityPolicy-2016-08" : ""),
      tcpIdleTimeoutSeconds: 350,
      ...Object.fromEntries(headers.map((name) => [name, ""])),
    },
  },
  "aws:lb/listenerRule:ListenerRule": {
    id: (birth) => `${birth.text("listenerArn").replace(":listener/", ":listener-rule/")}/${birth.hex(16)}`,
    computed: {
      arn: (birth) => birth.id,
      priority: (birth) => 1 + (Number.parseInt(birth.hex(4, "priority"), 16) % 49_999),
    },
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    id: (birth) => `${birth.text("listenerArn")}_${birth.text("certificateArn")}`,
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    id: (birth) => `${birth.text("targetGroupArn")}-${birth.now.replace(/\D/g, "")}${birth.hex(8)}`,
  },
  "aws:route53/zone:Zone": {
    id: (birth) => `Z${birth.token(20, UPPER)}`,
    autoname: false,
    forcedBy: "forceDestroy",
    computed: {
      arn: (birth) => `arn:${birth.partition}:route53:::hostedzone/${birth.id}`,
      zoneId: (birth) => birth.id,
      nameServers: (birth) =>
        [0, 1, 2, 3].map(
          (at) =>
            `ns-${at * 512 + Number.parseInt(birth.hex(2, `ns${at}`), 16)}.awsdns-0${at}.${["com", "net", "org", "co.uk"][at] ?? "com"}`,
        ),
      primaryNameServer: (birth) => `ns-${Number.parseInt(birth.hex(2, "ns0"), 16)}.awsdns-00.com`,
    },
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
  },
  "aws:route53/record:Record": {
    id: (birth) => `${birth.text("zoneId")}_${birth.text("name")}_${birth.text("type")}`,
    autoname: false,
    unique: false,
    computed: { fqdn: (birth) => birth.text("name").replace(/\.$/, "") },
  },
  "aws:wafv2/webAcl:WebAcl": {
    id: (birth) => uuid(birth),
    autoname: { property: "name", limit: 128 },
    uniqueWithin: ["scope"],
    computed: {
      arn: (birth) =>
        birth.arn(
          "wafv2",
          `${birth.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/webacl/${physicalName(birth)}/${birth.id}`,
        ),
      capacity: 100,
      lockToken: (birth) => uuid(birth, "lock"),
      applicationIntegrationUrl: "",
    },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    id: (birth) => `${birth.text("webAclArn")},${birth.text("resourceArn")}`,
    references: { webAclArn: { ...webAcl, keeps: true } },
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    id: (birth) => birth.text("resourceArn"),
    references: { resourceArn: webAcl },
  },
};
