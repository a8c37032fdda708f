// Route 53: zones and records.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { UPPER } from "../identifiers";
import { failure, isGiven, textsAt } from "../inputs";
import { zone } from "../references";
import { logs, provider } from "../times";
import { isIPv4, isIPv6 } from "node:net";

const uniqueRecord: Constraint = function* ({ type, inputs, text }, world) {
  const [zone, own, kind] = [text("zoneId"), text("name"), text("type")];
  if (zone === undefined || own === undefined || inputs.allowOverwrite === true || inputs.setIdentifier !== undefined)
    return;
  const same = world
    .users({ type: "aws:route53/zone:Zone", id: zone }, type)
    .some(
      (other) => other.inputs.name === own && other.inputs.type === kind && other.inputs.setIdentifier === undefined,
    );
  if (same)
    yield failure("name", `${zone} has a ${kind} record "${own}" already: change that one, or choose another name`);
};

/** An alias takes its target's time to live; other records state theirs. */
const timeToLive: Constraint = function* ({ inputs }) {
  const has = (property: string): boolean => isGiven(inputs, property);
  if (has("aliases") && has("ttl")) yield failure("ttl", "an alias has its target's time to live: leave it out");
  if (has("records") && !has("ttl")) yield failure("ttl", "is missing: a record other than an alias needs it");
};

const recordValues: Constraint = function* ({ inputs, text }) {
  const type = text("type") ?? "";
  const fits: Readonly<Record<string, readonly [(value: string) => boolean, string]>> = {
    A: [(value) => isIPv4(value), "an IPv4 address, such as 192.0.2.1"],
    AAAA: [(value) => isIPv6(value), "an IPv6 address, such as 2001:db8::1"],
    MX: [(value) => /^\d+ \S+$/.test(value), 'a priority and a host, such as "10 mail.example.com"'],
    SRV: [(value) => /^\d+ \d+ \d+ \S+$/.test(value), "priority, weight, port and host"],
    CAA: [(value) => /^\d+ \w+ ".*"$/.test(value), 'a flag, a tag and a value, such as 0 issue "amazon.com"'],
  };
  const values = textsAt(inputs, "records");
  const [test, form] = fits[type] ?? [];
  if (test !== undefined)
    for (const { value, at } of values)
      if (!test(value)) yield failure(at, `"${value}": a record of type ${type} is ${form ?? ""}`);
  if (type === "CNAME" && values.length > 1) yield failure("records", `${values.length}: a CNAME has one value`);
};

export const cards: Cards = {
  "aws:route53/record:Record": {
    source: "route53/record.go",
    id: (resource) => `${resource.text("zoneId")}_${resource.text("name")}_${resource.text("type")}`,
    autoname: false,
    unique: false,
    computed: { fqdn: (resource) => resource.text("name").replace(/\.$/, "") },
    references: { zoneId: zone },
    replaces: "name zoneId",
    constraints: [uniqueRecord, timeToLive, recordValues],
    creation: {
      runs: "35s 40s",
      source: `${logs("aws_route53_record")}, and ${provider}/issues/10405`,
    },
  },
  "aws:route53/zone:Zone": {
    source: "route53/zone.go",
    id: (resource) => `Z${resource.token(20, UPPER)}`,
    autoname: false,
    unique: false,
    forcedBy: "forceDestroy",
    computed: {
      arn: (resource) => `arn:${resource.partition}:route53:::hostedzone/${resource.id}`,
      zoneId: (resource) => resource.id,
      nameServers: (resource) =>
        [0, 1, 2, 3].map(
          (at) =>
            `ns-${at * 512 + Number.parseInt(resource.hex(2, `ns${at}`), 16)}.awsdns-0${at}.${["com", "net", "org", "co.uk"][at] ?? "com"}`,
        ),
      primaryNameServer: (resource) => `ns-${Number.parseInt(resource.hex(2, "ns0"), 16)}.awsdns-00.com`,
    },
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    replaces: "delegationSetId name",
    holds: "a zone's records",
  },
};
