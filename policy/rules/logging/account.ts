// Trails, recorders and detectors: what an account keeps of all that is done in it.
import { given, has, notOff, on } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, each, hasUnknown, isList, textOf, type Value } from "../value";

const TRAIL = "aws:cloudtrail/trail:Trail";

export const accountLogRules: readonly Rule[] = [
  propertyRule({
    id: "require-trail-multi-region",
    title: "Trails record every region",
    description: "A trail records all regions, so that nothing hides in one that nobody uses.",
    severity: "high",
    controls: ["CIS-AWS-3.0 3.1", "FSBP CloudTrail.1", "NIST-800-53 AU-12"],
    remediation: "set isMultiRegionTrail to true",
    property: { [TRAIL]: "isMultiRegionTrail" },
    must: on,
  }),
  propertyRule({
    id: "require-trail-log-validation",
    title: "Trails sign their files",
    description: "A trail writes digests, by which a changed file is noticed.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 3.2", "FSBP CloudTrail.4", "PCI-DSS-4.0 10.3.4", "NIST-800-53 AU-9"],
    remediation: "set enableLogFileValidation to true",
    property: { [TRAIL]: "enableLogFileValidation" },
    must: on,
    remedy: true,
  }),
  propertyRule({
    id: "require-trail-log-group",
    title: "Trails go to CloudWatch too",
    description: "A trail sends its events to a log group, where alarms can watch them.",
    severity: "low",
    controls: ["FSBP CloudTrail.5", "NIST-800-53 AU-6"],
    remediation: "set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn",
    property: { [TRAIL]: "cloudWatchLogsGroupArn" },
    must: given,
  }),
  propertyRule({
    id: "require-trail-enabled",
    title: "Trails record",
    description: "A trail is not stopped.",
    severity: "critical",
    controls: ["CIS-AWS-3.0 3.1", "FSBP CloudTrail.3", "NIST-800-53 AU-12"],
    remediation: "leave enableLogging out, or set it to true",
    property: { [TRAIL]: "enableLogging" },
    must: notOff,
  }),
  propertyRule({
    id: "require-trail-global-events",
    title: "Trails record global services",
    description: "A trail records what IAM and other global services do.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 3.1", "NIST-800-53 AU-12"],
    remediation: "leave includeGlobalServiceEvents out, or set it to true",
    property: { [TRAIL]: "includeGlobalServiceEvents" },
    must: notOff,
  }),
  ...(["write", "read"] as const).map((what) =>
    propertyRule({
      id: `require-trail-object-${what}-events`,
      title: what === "write" ? "Trails record who changes objects" : "Trails record who reads objects",
      description: `A trail records the events of S3's objects that ${what}. They cost by the event, so it is advice.`,
      severity: "low",
      level: "advisory",
      controls: [
        `CIS-AWS-3.0 ${what === "write" ? "3.8" : "3.9"}`,
        `FSBP S3.${what === "write" ? "22" : "23"}`,
        "NIST-800-53 AU-12",
      ],
      remediation: "add an event selector for AWS::S3::Object with the readWriteType All",
      property: { [TRAIL]: "eventSelectors | advancedEventSelectors" },
      must: {
        words: `a selector of AWS::S3::Object for events that ${what}`,
        accepts: (list) => selectsObjects(list, what),
      },
    }),
  ),
  propertyRule({
    id: "require-trail-notification",
    title: "Trails announce their files",
    description: "A trail names a topic that is told of each new file.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 AU-6"],
    remediation: "set snsTopicName",
    property: { [TRAIL]: "snsTopicName" },
    must: given,
  }),
  propertyRule({
    id: "require-recorder-all-resources",
    title: "The Config recorder records every type",
    description: "The Config recorder records all supported types, or all but named ones.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 3.3", "FSBP Config.1", "NIST-800-53 CM-8"],
    remediation: "set recordingGroup.allSupported to true",
    property: { "aws:cfg/recorder:Recorder": "recordingGroup.allSupported" },
    where: (props) => !has("recordingGroup.exclusionByResourceTypes")(props),
    must: notOff,
  }),
  propertyRule({
    id: "require-recorder-global-resources",
    title: "The Config recorder records global types",
    description: "The Config recorder records users, roles and other global resources.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 3.3", "FSBP Config.1", "NIST-800-53 CM-8"],
    remediation: "set recordingGroup.includeGlobalResourceTypes to true in one region",
    property: { "aws:cfg/recorder:Recorder": "recordingGroup.includeGlobalResourceTypes" },
    where: (props) => !has("recordingGroup.exclusionByResourceTypes")(props),
    must: on,
  }),
  propertyRule({
    id: "require-recorder-running",
    title: "The Config recorder runs",
    description: "The Config recorder is turned on.",
    severity: "high",
    controls: ["CIS-AWS-3.0 3.3", "FSBP Config.1", "NIST-800-53 CM-8"],
    remediation: "set isEnabled to true",
    property: { "aws:cfg/recorderStatus:RecorderStatus": "isEnabled" },
    must: on,
  }),
  propertyRule({
    id: "require-aggregator-all-regions",
    title: "Config aggregators collect from every region",
    description: "A configuration aggregator collects from all regions.",
    severity: "low",
    controls: ["NIST-800-53 CM-8"],
    remediation: "set allRegions to true",
    property: {
      "aws:cfg/configurationAggregator:ConfigurationAggregator":
        "accountAggregationSource.allRegions | organizationAggregationSource.allRegions",
    },
    must: on,
  }),
  propertyRule({
    id: "require-detector-enabled",
    title: "GuardDuty watches",
    description: "A GuardDuty detector is not suspended.",
    severity: "high",
    controls: ["FSBP GuardDuty.1", "NIST-800-53 SI-4"],
    remediation: "leave enable out, or set it to true",
    property: { "aws:guardduty/detector:Detector": "enable" },
    must: notOff,
  }),
];

/** Whether a selector of either form picks the events of S3's objects. */
function selectsObjects(selectors: Value, what: "read" | "write"): boolean {
  if (!isList(selectors)) return false;
  return selectors.some((selector) => {
    const fields = at(selector, "fieldSelectors");
    if (isList(fields)) {
      const readOnly = fields.find((field) => at(field, "field") === "readOnly");
      const objects = fields.some((field) => listOf(at(field, "equals")).includes("AWS::S3::Object"));
      return objects && (readOnly === undefined || listOf(at(readOnly, "equals")).includes(String(what === "read")));
    }
    const objects = each(selector, "dataResources[*].type").some(({ value }) => value === "AWS::S3::Object");
    const kind = textOf(at(selector, "readWriteType")) || "All";
    return (
      hasUnknown(selector) || (objects && (kind === "All" || kind === (what === "read" ? "ReadOnly" : "WriteOnly")))
    );
  });
}

const listOf = (value: Value): readonly Value[] => (isList(value) ? value : []);
