import type { ResourceRule } from "../rule";
import { at, isMissing, UNKNOWN } from "../value";

export const requireInstanceMetadataV2: ResourceRule = {
  id: "require-instance-metadata-v2",
  title: "Instances answer metadata requests with a token only",
  description:
    "Instance metadata takes a session token (IMDSv2), so that a forged request can't fetch the role's credentials.",
  severity: "high",
  controls: ["CIS-AWS-3.0 5.6"],
  remediation: "set metadataOptions.httpTokens to required",
  appliesTo: [
    "aws:ec2/instance:Instance",
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
  ],
  check(launch, report) {
    const tokens = at(launch.props, "metadataOptions.httpTokens");
    const endpoint = at(launch.props, "metadataOptions.httpEndpoint");
    if (tokens === "required" || tokens === UNKNOWN || endpoint === "disabled" || endpoint === UNKNOWN) return;
    // An instance takes what its launch template says, unless it says something itself.
    if (isMissing(tokens) && !isMissing(at(launch.props, "launchTemplate"))) return;
    report({ path: "metadataOptions.httpTokens", found: tokens, required: '"required"' });
  },
};
