// Alarms on what a trail records: section 4 of the CIS benchmark for AWS.
import type { StackResource, StackRule } from "../rule";
import { at, hasUnknown, isMissing, textOf, UNKNOWN } from "../value";
import { watchedFilters } from "./metric-filters";

const TRAIL = "aws:cloudtrail/trail:Trail";

/** An event that an alarm is asked for, with the words that the pattern of its filter holds. */
interface Watched {
  readonly control: string;
  readonly what: string;
  readonly words: readonly string[];
}

/** The events of each control, as the patterns of https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html name them. */
const WATCHED: readonly Watched[] = [
  { control: "4.3", what: "use of the root user", words: ["userIdentity.type", "Root"] },
  { control: "4.1", what: "calls that are refused", words: ["UnauthorizedOperation", "AccessDenied"] },
  { control: "4.2", what: "console sign-ins without MFA", words: ["ConsoleLogin", "MFAUsed"] },
  {
    control: "4.4",
    what: "changes of IAM policies",
    words: ["PutRolePolicy", "DeleteRolePolicy", "AttachRolePolicy", "DetachRolePolicy", "CreatePolicyVersion"],
  },
  { control: "4.5", what: "changes of trails", words: ["UpdateTrail", "DeleteTrail", "StopLogging"] },
  { control: "4.6", what: "console sign-ins that fail", words: ["ConsoleLogin", "Failed authentication"] },
  { control: "4.7", what: "keys that are disabled or deleted", words: ["DisableKey", "ScheduleKeyDeletion"] },
  {
    control: "4.8",
    what: "changes of bucket policies",
    words: ["PutBucketAcl", "PutBucketPolicy", "DeleteBucketPolicy"],
  },
  {
    control: "4.9",
    what: "changes of AWS Config",
    words: ["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutConfigurationRecorder"],
  },
  {
    control: "4.10",
    what: "changes of security groups",
    words: ["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "DeleteSecurityGroup"],
  },
  {
    control: "4.11",
    what: "changes of network ACLs",
    words: ["CreateNetworkAcl", "DeleteNetworkAcl", "ReplaceNetworkAclEntry"],
  },
  {
    control: "4.12",
    what: "changes of gateways",
    words: ["CreateCustomerGateway", "AttachInternetGateway", "DeleteInternetGateway"],
  },
  { control: "4.13", what: "changes of routes", words: ["CreateRoute", "ReplaceRoute", "DeleteRouteTable"] },
  { control: "4.14", what: "changes of VPCs", words: ["CreateVpc", "DeleteVpc", "ModifyVpcAttribute"] },
  {
    control: "4.15",
    what: "changes of the organization",
    words: ["organizations.amazonaws.com", "InviteAccountToOrganization", "LeaveOrganization"],
  },
];

/** Whether a filter reads the log group that a trail writes to, as far as both are known. */
function mayWatch(filter: StackResource, trail: StackResource): boolean {
  const name = at(filter.props, "logGroupName");
  const arn = at(trail.props, "cloudWatchLogsGroupArn");
  if (name !== UNKNOWN && arn !== UNKNOWN) return `${textOf(arn)}:`.includes(`:log-group:${textOf(name)}:`);
  const suppliers = trail.propertyDependencies.cloudWatchLogsGroupArn ?? [];
  return (filter.propertyDependencies.logGroupName ?? suppliers).some((urn) => suppliers.includes(urn));
}

export const requireTrailAlarms: StackRule = {
  id: "require-trail-alarms",
  title: "Alarms watch what a trail records",
  description:
    "Where a trail writes to a log group, filters and alarms of the stack watch for events that few people cause: use of the root user, changes of trails, policies, keys and networks.",
  severity: "low",
  level: "advisory",
  controls: [...WATCHED.map(({ control }) => `CIS-AWS-3.0 ${control}`), "NIST-800-53 AU-6"],
  remediation: "add a LogMetricFilter of the trail's log group with the events, and a MetricAlarm on its metric",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html",
  appliesTo: [TRAIL],
  checkStack(stack, report) {
    const filters = watchedFilters(stack);
    for (const trail of stack.ofType(TRAIL)) {
      if (isMissing(at(trail.given, "cloudWatchLogsGroupArn"))) continue;
      const patterns = filters.filter((filter) => mayWatch(filter, trail)).map(({ props }) => at(props, "pattern"));
      if (patterns.some(hasUnknown)) continue;
      for (const { control, what, words } of WATCHED) {
        if (patterns.some((pattern) => words.every((word) => textOf(pattern).includes(word)))) continue;
        report(trail, {
          path: `metricFilters (CIS ${control})`,
          found: undefined,
          required: `a filter and an alarm for ${what}: ${words.join(", ")}`,
        });
      }
    }
  },
};
