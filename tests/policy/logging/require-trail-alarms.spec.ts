import { expect } from "chai";
import { requireTrailAlarms } from "../../../policy/rules/logging/require-trail-alarms";
import { resource, type Subject, unknown } from "../support";
import { judge } from "../support/judge";

/** A pattern for each event of section 4 of the CIS benchmark, as a team writes it. */
const PATTERNS: Readonly<Record<string, string>> = {
  "4.1": '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  "4.2": '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
  "4.3": '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS }',
  "4.4":
    "{ ($.eventName=PutRolePolicy) || ($.eventName=DeleteRolePolicy) || ($.eventName=AttachRolePolicy) || ($.eventName=DetachRolePolicy) || ($.eventName=CreatePolicyVersion) }",
  "4.5": "{ ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StopLogging) }",
  "4.6": '{ ($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication") }',
  "4.7": "{ ($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion) }",
  "4.8": "{ ($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || ($.eventName=DeleteBucketPolicy) }",
  "4.9":
    "{ ($.eventName=StopConfigurationRecorder) || ($.eventName=DeleteDeliveryChannel) || ($.eventName=PutConfigurationRecorder) }",
  "4.10":
    "{ ($.eventName=AuthorizeSecurityGroupIngress) || ($.eventName=RevokeSecurityGroupIngress) || ($.eventName=DeleteSecurityGroup) }",
  "4.11":
    "{ ($.eventName=CreateNetworkAcl) || ($.eventName=DeleteNetworkAcl) || ($.eventName=ReplaceNetworkAclEntry) }",
  "4.12":
    "{ ($.eventName=CreateCustomerGateway) || ($.eventName=AttachInternetGateway) || ($.eventName=DeleteInternetGateway) }",
  "4.13": "{ ($.eventName=CreateRoute) || ($.eventName=ReplaceRoute) || ($.eventName=DeleteRouteTable) }",
  "4.14": "{ ($.eventName=CreateVpc) || ($.eventName=DeleteVpc) || ($.eventName=ModifyVpcAttribute) }",
  "4.15":
    '{ ($.eventSource="organizations.amazonaws.com") && (($.eventName=InviteAccountToOrganization) || ($.eventName=LeaveOrganization)) }',
};

const trail = resource("aws:cloudtrail/trail:Trail", {
  cloudWatchLogsGroupArn: "arn:aws:logs:eu-central-1:123456789012:log-group:/trail:*",
});
const filter = (control: string, pattern: unknown, more: object = {}): Subject =>
  resource(
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    { logGroupName: "/trail", pattern, metricTransformation: { name: `Events${control}` }, ...more },
    `filter-${control}`,
  );
const alarm = (control: string): Subject =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", { metricName: `Events${control}` }, `alarm-${control}`);
const watching = (control: string): readonly Subject[] => [filter(control, PATTERNS[control]), alarm(control)];

/** The controls that a trail lacks among some resources. */
async function lacking(beside: readonly Subject[], holder = trail): Promise<readonly string[]> {
  return (await judge(requireTrailAlarms, [holder, ...beside])).map((line) => /CIS ([\d.]+)/.exec(line)?.[1] ?? line);
}

describe("policy: require-trail-alarms", () => {
  const controls = Object.keys(PATTERNS);

  it("leaves a trail alone that is watched for every event", async () => {
    expect(await lacking(controls.flatMap(watching))).to.deep.equal([]);
  });

  it("names each event that no filter has", async () => {
    for (const left of controls) {
      const others = controls.filter((control) => control !== left).flatMap(watching);
      expect(await lacking(others), left).to.deep.equal([left]);
    }
  });

  it("counts no filter without an alarm, of another group, or with some of the events", async () => {
    const others = controls.filter((control) => control !== "4.5").flatMap(watching);
    for (const wrong of [
      [filter("4.5", PATTERNS["4.5"])],
      [filter("4.5", PATTERNS["4.5"], { logGroupName: "/other" }), alarm("4.5")],
      [filter("4.5", "{ $.eventName = UpdateTrail }"), alarm("4.5")],
    ])
      expect(await lacking([...others, ...wrong])).to.deep.equal(["4.5"]);
  });

  it("judges no trail without a log group, and none of which a pattern is not known yet", async () => {
    expect(await lacking([], resource(trail.type, {}))).to.deep.equal([]);
    expect(await lacking([filter("4.5", unknown), alarm("4.5")])).to.deep.equal([]);
  });
});
