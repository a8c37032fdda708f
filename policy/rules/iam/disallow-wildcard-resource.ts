import { everyResourceOf } from "./document-grants";
import type { Statement } from "./document";
import { expanded } from "./service-actions";
import { allowRule } from "./statement-rule";

export const disallowWildcardResource = allowRule(
  {
    id: "disallow-wildcard-resource",
    title: "A right names the resources it is for",
    description:
      "A right on every resource reaches the stores of all other services; only actions that AWS can't hold to a resource, or a condition on the resource's tags, excuse it.",
    severity: "high",
    controls: ["NIST-800-53 AC-6", "PCI-DSS-4.0 7.2.2", "HIPAA 164.312(a)(1)"],
    remediation: "name the ARNs, or move the actions that have no resources into a statement of their own",
  },
  ["identity"],
  (statement) => {
    const broad = everyResourceOf(statement).filter((found) => !isMadeLater(found, statement));
    if (broad.length === 0 || !couldBeNarrower(statement)) return [];
    return broad.map((found) => ({
      element: "Resource",
      found,
      required: "the ARNs of the resources that are needed",
    }));
  },
);

/** EC2 actions of Lambda on a function's network interfaces, with the function's role. */
const INTERFACE_ACTIONS: ReadonlySet<string> = new Set([
  "ec2:assignprivateipaddresses",
  "ec2:createnetworkinterface",
  "ec2:deletenetworkinterface",
  "ec2:unassignprivateipaddresses",
]);

/**
 * Whether the resources are network interfaces that Lambda makes and deletes, with identifiers that are unknown before
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html). Subnets and security groups can be named.
 */
function isMadeLater(resource: string, { actions }: Statement): boolean {
  const all = actions?.values ?? [];
  return (
    /^arn:[^:]+:ec2:[^:*]+:\d{12}:network-interface\/\*$/.test(resource) &&
    all.length > 0 &&
    all.every((action) => INTERFACE_ACTIONS.has(action.toLowerCase()))
  );
}

/**
 * Whether an action reads metrics by name. AWS can hold it to a dataset of OTLP metrics, and to no metric of AWS's own services
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html).
 */
const isOfMetrics = (pattern: string): boolean => pattern.toLowerCase() === "cloudwatch:getmetricdata";

/** Whether a statement allows at least one action that AWS could hold to a resource. */
function couldBeNarrower({ actions, notActions }: Statement): boolean {
  if (notActions !== undefined) return true;
  return (actions?.values ?? []).some((pattern) => {
    const matched = expanded(pattern);
    return (
      matched.length === 0 || matched.some(({ needsEveryResource }) => !needsEveryResource && !isOfMetrics(pattern))
    );
  });
}
