// WAF: web ACLs.
import type { Cards } from "../card";
import type { Constraint, Reference } from "../../providers/core/rules";
import { UNKNOWN, text } from "../../providers/core/values";
import { physicalName, uuid } from "../identifiers";
import { failure, isGiven, numberAt, objectAt, objectsAt } from "../inputs";
import { balancer } from "../references";

/** Statements whose rules have actions of their own. */
const GROUPS = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"];

const webAclRules: Constraint = function* ({ inputs, text: known, region }) {
  const scope = known("scope");
  if (scope !== undefined && scope !== "REGIONAL" && scope !== "CLOUDFRONT")
    yield failure("scope", `"${scope}" is not one of "REGIONAL", "CLOUDFRONT"`);
  if (scope === "CLOUDFRONT" && region !== "us-east-1")
    yield failure(
      "scope",
      `what guards CloudFront is made in us-east-1, and this is ${region}: use a provider of us-east-1`,
    );
  const taken = new Map<number, string>();
  for (const { value: rule, at } of objectsAt(inputs, "rules")) {
    const priority = numberAt(rule, "priority");
    const other = priority === undefined ? undefined : taken.get(priority);
    if (other !== undefined)
      yield failure(`${at}.priority`, `${priority ?? ""} is what "${other}" has: each rule has its own`);
    if (priority !== undefined) taken.set(priority, text(rule.name) ?? "");
    if (rule.statement === UNKNOWN) continue;
    const group = GROUPS.some((name) => isGiven(objectAt(rule, "statement"), name));
    const [needed, wrong] = group ? ["overrideAction", "action"] : ["action", "overrideAction"];
    if (!isGiven(rule, needed))
      yield failure(`${at}.${needed}`, `is missing: a rule ${group ? "that refers to a group" : "of its own"} has it`);
    if (isGiven(rule, wrong))
      yield failure(`${at}.${wrong}`, `leave it out: a rule has either action or overrideAction`);
  }
};

/** Web ACLs of CloudFront are kept in another region than what they stand before. */
const webAcl: Reference = {
  type: "aws:wafv2/webAcl:WebAcl",
  id: (arn, { region, accountId }) =>
    arn.includes(`:${region}:${accountId}:regional/`) ? arn.slice(arn.lastIndexOf("/") + 1) : undefined,
};

/** What a web ACL can stand before, by the beginning of an ARN's last part. */
const GUARDED =
  /^arn:[^:]*:(?:elasticloadbalancing:.*:loadbalancer\/app\/|apigateway:.*\/restapis\/[^/]+\/stages\/|appsync:|cognito-idp:|apprunner:|ec2:.*:verified-access-instance\/)/;

/** A regional web ACL before something that takes one. */
const guardedResource: Constraint = function* ({ text }) {
  const [acl, resource] = [text("webAclArn"), text("resourceArn")];
  if (acl?.includes(":global/webacl/") === true)
    yield failure(
      "webAclArn",
      `"${acl}" has scope CLOUDFRONT (WAFInvalidParameterException): name a web ACL of scope REGIONAL`,
    );
  if (resource !== undefined && !GUARDED.test(resource))
    yield failure(
      "resourceArn",
      `"${resource}" takes no web ACL (WAFInvalidParameterException): name an application load balancer or a REST API's stage`,
    );
};

export const cards: Cards = {
  "aws:wafv2/ipSet:IpSet": {
    source: "wafv2/ip_set.go",
    uniqueWithin: ["scope"],
    replaces: "ipAddressVersion name namePrefix scope",
  },
  "aws:wafv2/webAcl:WebAcl": {
    source: "wafv2/web_acl.go",
    id: (resource) => uuid(resource),
    autoname: { property: "name", limit: 128 },
    uniqueWithin: ["scope"],
    computed: {
      arn: (resource) =>
        resource.arn(
          "wafv2",
          `${resource.text("scope") === "CLOUDFRONT" ? "global" : "regional"}/webacl/${physicalName(resource)}/${resource.id}`,
        ),
      capacity: 100,
      lockToken: (resource) => uuid(resource, "lock"),
      applicationIntegrationUrl: "",
    },
    replaces: "name namePrefix scope",
    constraints: [webAclRules],
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    source: "wafv2/web_acl_association.go",
    id: (resource) => `${resource.text("webAclArn")},${resource.text("resourceArn")}`,
    references: { webAclArn: { ...webAcl, keeps: true }, resourceArn: balancer },
    replaces: "resourceArn webAclArn",
    constraints: [guardedResource],
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    source: "wafv2/web_acl_logging_configuration.go",
    id: (resource) => resource.text("resourceArn"),
    references: { resourceArn: webAcl },
    replaces: "logDestinationConfigs resourceArn",
  },
};
