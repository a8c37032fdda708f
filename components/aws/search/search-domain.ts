// One OpenSearch domain for one owner. The master user of fine-grained access control is an IAM role; the domain's access policy limits this role
// to HTTP methods and paths. A workload assumes the role, so no password exists and `pulumi up` makes no call to the domain.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Grant, placementProblems, protectedWhen, type Signal, tagged, throwIfAny, transformed } from "../../kit";
import {
  accessRole,
  closedSecurityGroup,
  encryptedLogGroup,
  EncryptionKey,
  placed,
  policyDocument,
  signalAlarms,
  suffixOf,
} from "../kit";
import type { SearchDomainArgs, SearchDomainOutputs } from "./args";
import { type ResolvedSearch, resolveSearch, validateSearch } from "./resolve";
import { searchSignals } from "./signals";

const TYPE = "archipelago:search:SearchDomain";
const PORT = 443;
/** Logs that a domain publishes, with their names in CloudWatch. */
const LOGS = {
  AUDIT_LOGS: "audit",
  ES_APPLICATION_LOGS: "application",
  SEARCH_SLOW_LOGS: "slow-search",
  INDEX_SLOW_LOGS: "slow-index",
} as const;
const VERBS = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"];
/** Paths of users, settings, snapshots and other clusters: for administrators. */
const CLOSED = ["_plugins/_security/*", "_opendistro/*", "_cluster/settings*", "_snapshot/*", "_remote/*"];

/**
 * An OpenSearch domain inside a VPC: encrypted with a key of its own, also between its nodes; HTTPS with TLS 1.2 and perfect forward secrecy;
 * fine-grained access control; logs of access, errors and slow requests; automatic snapshots each hour, kept 14 days. Three
 * `m7g.medium.search` nodes, three masters and their disks cost about 300 USD a month (eu-central-1), the key 1 USD.
 *
 * It takes 15 to 25 minutes to be made. Another size, number of nodes or version is made beside the old nodes while the domain answers. Another
 * name, key or VPC replaces the domain, which loses its data; with `protectData` the engine refuses that.
 *
 * @example
 * const search = new SearchDomain("product-search", { placement, network });
 */
export class SearchDomain extends pulumi.ComponentResource implements SearchDomainOutputs {
  readonly endpoint: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly domainName: pulumi.Output<string>;
  readonly accessRoleArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly signals: readonly Signal[];
  /** The children. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly securityGroup: aws.ec2.SecurityGroup;
    readonly accessRole: aws.iam.Role;
    /** By the kind of log (`audit`). */
    readonly logGroups: Readonly<Record<string, aws.cloudwatch.LogGroup>>;
    readonly logPolicy: aws.cloudwatch.LogResourcePolicy;
    readonly domain: aws.opensearch.Domain;
    /** By the role of their signal. */
    readonly alarms: Readonly<Record<string, aws.cloudwatch.MetricAlarm>>;
  };

  constructor(
    private readonly name: string,
    private readonly args: SearchDomainArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateSearch(name, args)]);
    const resolved = resolveSearch(args);
    const { tags, transform, network } = args;
    const key = this.createKey(resolved);
    const securityGroup = closedSecurityGroup({ parent: this, tags }, transform?.securityGroup, `${name}-search`, {
      vpcId: network.vpcId,
      description: `Search domain ${name}`,
    });
    const role = accessRole({ parent: this, tags }, transform?.accessRole, `${name}-access`, {
      placement: args.placement,
      description: `Requests to the search domain ${name}`,
    });
    const logs = this.createLogs(resolved, key);
    const domain = this.createDomain(resolved, { key, securityGroup, accessRole: role, ...logs });
    this.signals = searchSignals(
      name,
      { domainName: domain.domainName, accountId: args.placement.accountId },
      resolved,
    );
    const nameOf = ({ role }: Signal): string => `${name}-${role}-alarm`;
    const alarms = signalAlarms(
      { parent: this, tags, transform: transform?.alarm, topicArn: args.alarmTopicArn, nameOf },
      this.signals,
    );
    this.nodes = { key, securityGroup, accessRole: role, ...logs, domain, alarms };
    this.endpoint = domain.endpoint;
    this.arn = domain.arn;
    this.domainName = domain.domainName;
    this.accessRoleArn = role.arn;
    this.keyArn = key.arn;
    this.securityGroupId = securityGroup.id;
    const { endpoint, arn, domainName, accessRoleArn, keyArn, securityGroupId } = this;
    this.registerOutputs({ endpoint, arn, domainName, accessRoleArn, keyArn, securityGroupId });
  }

  grantReadWrite(): Grant {
    return {
      statements: [{ Action: "sts:AssumeRole", Resource: this.accessRoleArn }],
      environment: {
        SEARCH_ENDPOINT: pulumi.interpolate`https://${this.endpoint}`,
        SEARCH_ROLE_ARN: this.accessRoleArn,
      },
      reaches: [{ to: this.name, securityGroupId: this.securityGroupId, port: PORT }],
    };
  }

  private createKey({ protectData }: ResolvedSearch): EncryptionKey {
    const { placement, tags, transform } = this.args;
    return new EncryptionKey(
      this.name,
      {
        placement,
        description: `Indexes, snapshots and logs of the search domain ${this.name}`,
        logs: true,
        retainOnDelete: protectData,
        ...tagged(tags),
        ...(transform?.key && { transform: transform.key }),
      },
      { parent: this },
    );
  }

  /** OpenSearch Service is refused a log group to which a policy of CloudWatch Logs does not let it write. */
  private createLogs({ logRetentionInDays }: ResolvedSearch, key: EncryptionKey) {
    const { placement, tags, transform } = this.args;
    const groups = Object.values(LOGS).map((kind): [string, aws.cloudwatch.LogGroup] => [
      kind,
      encryptedLogGroup({ parent: this, tags }, transform?.logGroup, `${this.name}-${kind}`, {
        namePrefix: `/aws/OpenSearchService/domains/${this.name}-${kind}-`,
        retentionInDays: logRetentionInDays,
        kmsKeyId: key.arn,
      }),
    ]);
    const logPolicy = new aws.cloudwatch.LogResourcePolicy(
      ...transformed<aws.cloudwatch.LogResourcePolicyArgs>(
        transform?.logPolicy,
        `${this.name}-logs`,
        {
          policyName: pulumi.interpolate`${this.name}-${suffixOf(key)}`,
          policyDocument: policyDocument([
            {
              Principal: { Service: "es.amazonaws.com" },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: groups.map(([, group]) => pulumi.interpolate`${group.arn}:*`),
              Condition: { StringEquals: { "aws:SourceAccount": placement.accountId } },
            },
          ]),
        },
        { parent: this },
      ),
    );
    return { logGroups: Object.fromEntries(groups), logPolicy };
  }

  private createDomain(
    resolved: ResolvedSearch,
    around: Pick<SearchDomain["nodes"], "key" | "securityGroup" | "accessRole" | "logGroups" | "logPolicy">,
  ): aws.opensearch.Domain {
    const { tags, transform, network } = this.args;
    const { key, securityGroup, accessRole, logGroups, logPolicy } = around;
    const domainName = pulumi.interpolate`${this.name}-${suffixOf(key)}`;
    return new aws.opensearch.Domain(
      ...transformed<aws.opensearch.DomainArgs>(
        transform?.domain,
        `${this.name}-domain`,
        {
          domainName,
          engineVersion: `OpenSearch_${resolved.engineVersion}`,
          clusterConfig: clusterOf(resolved),
          ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: resolved.volume },
          vpcOptions: {
            subnetIds: pulumi.output(network.isolatedSubnetIds).apply((ids) => ids.slice(0, resolved.zones)),
            securityGroupIds: [securityGroup.id],
          },
          encryptAtRest: { enabled: true, kmsKeyId: key.arn },
          nodeToNodeEncryption: { enabled: true },
          domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
          advancedSecurityOptions: { enabled: true, masterUserOptions: { masterUserArn: accessRole.arn } },
          accessPolicies: this.accessPolicy(domainName, accessRole),
          logPublishingOptions: Object.entries(LOGS).flatMap(([logType, kind]) => {
            const group = logGroups[kind];
            return group ? [{ logType, cloudwatchLogGroupArn: group.arn }] : [];
          }),
          softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
          offPeakWindowOptions: { enabled: true },
          ...tagged(tags),
        },
        {
          parent: this,
          ...protectedWhen(resolved.protectData),
          dependsOn: [logPolicy],
          // Two domains can't have one name.
          deleteBeforeReplace: true,
          ignoreChanges: ["domainName"],
        },
      ),
    );
  }

  private accessPolicy(domainName: pulumi.Output<string>, role: aws.iam.Role): pulumi.Output<string> {
    const { partition, region, accountId } = this.args.placement;
    const domain = pulumi.interpolate`arn:${partition}:es:${region}:${accountId}:domain/${domainName}`;
    return policyDocument([
      { Principal: { AWS: role.arn }, Action: VERBS, Resource: pulumi.interpolate`${domain}/*` },
      {
        Sid: "ClosedPaths",
        Effect: "Deny",
        Principal: { AWS: role.arn },
        Action: VERBS,
        Resource: CLOSED.map((path) => pulumi.interpolate`${domain}/${path}`),
      },
    ]);
  }
}

function clusterOf({ instanceType, nodes, zones, dedicatedMasters }: ResolvedSearch) {
  return {
    instanceType,
    instanceCount: nodes,
    zoneAwarenessEnabled: zones > 1,
    ...(zones > 1 && { zoneAwarenessConfig: { availabilityZoneCount: zones } }),
    dedicatedMasterEnabled: dedicatedMasters,
    ...(dedicatedMasters && { dedicatedMasterCount: 3, dedicatedMasterType: "m7g.medium.search" }),
  };
}
