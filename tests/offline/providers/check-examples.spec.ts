// The examples of the SDK's documentation are valid inputs that nobody here has written: what is refused of them is either wrong
// in the example, and stands below, or a false refusal.
import { expect } from "chai";
import { checkProperties } from "../../../offline/providers/core/check";
import { isObject, UNKNOWN, type Value } from "../../../offline/providers/core/values";
import { Sdk } from "../../../offline/providers/schema/sdk";
import { examplesOf } from "./examples";

/** Values of examples that AWS does not take, by type and path. */
const WRONG: readonly string[] = [
  // Placeholders: "ARN OF CERTIFICATE AUTHORITY", "stack name", "tell the sub agent what to do", "<password>", "some-role",
  // "{ ... policy JSON ... }".
  "aws:appstream/directoryConfig:DirectoryConfig certificateBasedAuthProperties.certificateAuthorityArn",
  "aws:appstream/directoryConfig:DirectoryConfig certificateBasedAuthProperties.status",
  "aws:appstream/stack:Stack name",
  "aws:bedrock/agentAgent:AgentAgent instruction",
  "aws:bedrock/agentKnowledgeBase:AgentKnowledgeBase knowledgeBaseConfiguration.kendraKnowledgeBaseConfiguration.kendraIndexArn",
  "aws:iam/policy:Policy policy",
  "aws:macie2/member:Member accountId",
  "aws:mq/broker:Broker users[].password",
  "aws:msk/vpcConnection:VpcConnection targetClusterArn",
  "aws:odb/cloudAutonomousVmCluster:CloudAutonomousVmCluster cloudExadataInfrastructureId",
  "aws:odb/cloudAutonomousVmCluster:CloudAutonomousVmCluster odbNetworkId",
  "aws:odb/cloudVmCluster:CloudVmCluster cloudExadataInfrastructureId",
  "aws:odb/cloudVmCluster:CloudVmCluster odbNetworkId",
  "aws:synthetics/canary:Canary executionRoleArn",
  // Identifiers with a digit too few or a letter that is none of theirs.
  "aws:cloudwatch/eventTarget:EventTarget arn",
  "aws:imagebuilder/distributionConfiguration:DistributionConfiguration distributions[].launchTemplateConfigurations[].launchTemplateId",
  "aws:redshift/endpointAuthorization:EndpointAuthorization account",
  "aws:route53/trafficPolicyInstance:TrafficPolicyInstance trafficPolicyId",
  "aws:securitylake/subscriber:Subscriber subscriberIdentity.principal",
  // Names and passwords in letters that the service does not take.
  "aws:rds/cluster:Cluster clusterIdentifier",
  "aws:timestreaminfluxdb/dbInstance:DbInstance password",
  "aws:vpclattice/resourceConfiguration:ResourceConfiguration name",
  "aws:vpclattice/resourceGateway:ResourceGateway name",
  // Values that neither the documentation beside the example nor the published data knows: "verify", "ACTIVE_PASSIVE",
  // "AWS128_CBC", "JsonLines".
  "aws:cloudfront/distribution:Distribution viewerMtlsConfig.mode",
  "aws:resiliencehub/v2Policy:V2Policy multiRegion.disasterRecoveryApproach",
  "aws:transfer/connector:Connector as2Config.encryptionAlgorithm",
  "aws:workspacesweb/sessionLogger:SessionLogger logConfiguration.s3.logFileFormat",
  // Capital letters, which the provider refuses.
  "aws:glue/catalogDatabase:CatalogDatabase name",
  // Quotes with a backslash before each, which is no JSON.
  "aws:ecr/lifecyclePolicy:LifecyclePolicy policy",
  "aws:ecs/taskDefinition:TaskDefinition containerDefinitions",
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration routingRuleDetails",
  "aws:sns/topic:Topic deliveryPolicy",
  "aws:sns/topicSubscription:TopicSubscription deliveryPolicy",
  // An object where the SDK itself declares a list.
  "aws:ecs/service:Service serviceConnectConfiguration.services[].clientAlias",
];

/** Values in an input, however deep. */
function literals(value: Value): number {
  if (Array.isArray(value)) return (value as readonly Value[]).reduce<number>((sum, item) => sum + literals(item), 0);
  if (isObject(value)) return Object.values(value).reduce<number>((sum, item) => sum + literals(item), 0);
  return value === UNKNOWN ? 0 : 1;
}

describe("the examples of the AWS SDK", () => {
  it("have no value that is refused, but for those which AWS refuses too", function () {
    this.timeout(60_000);
    const sdk = new Sdk("aws");
    const tokens = new Map(
      sdk.tokens().map((token) => {
        const [, module = "", type = ""] = token.split(":");
        return [`${module.split("/")[0] ?? ""}.${type}`.toLowerCase(), token];
      }),
    );
    const [types, refused] = [new Set<string>(), new Set<string>()];
    let values = 0;
    for (const { type, inputs } of examplesOf("aws")) {
      const schema = sdk.resource(tokens.get(type.toLowerCase()) ?? "");
      if (schema === undefined) continue;
      types.add(schema.token);
      values += literals(inputs);
      for (const { property, reason } of checkProperties(sdk, inputs, schema.inputs))
        // Examples leave out what they do not speak of, and some are older than the SDK's names.
        if (!/^(?:missing required|unknown) property|: none is given$|^needs "/.test(reason))
          refused.add(`${schema.token} ${property.replace(/\[\d+\]/g, "[]")}`);
    }
    expect([...refused].sort()).to.deep.equal([...WRONG].sort());
    // So many that the outcome says something.
    expect(types.size).to.be.above(1600);
    expect(values).to.be.above(15_000);
  });
});
