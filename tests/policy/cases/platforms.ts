// Analytics, machine learning, desktops, file transfer, image building and administration.
import type { Case } from "./case";

const CMK = "require-platform-customer-managed-key";
const MONITOR = { instanceCount: 1, instanceType: "ml.m5.large", volumeSizeInGb: 20 };
const DISKS = { EnableEbsEncryption: true, EncryptionKeyProviderType: "AwsKms", AwsKmsKey: "key" };

/** A security configuration of EMR after a change of its encryption. */
const emr = (more: object = {}, disks: object | undefined = DISKS, mode = "SSE-KMS"): string =>
  JSON.stringify({
    EncryptionConfiguration: {
      EnableAtRestEncryption: true,
      EnableInTransitEncryption: true,
      AtRestEncryptionConfiguration: {
        S3EncryptionConfiguration: { EncryptionMode: mode },
        LocalDiskEncryptionConfiguration: disks,
      },
      ...more,
    },
  });

/** Session preferences. */
const session = (inputs: object): string =>
  JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs });
const SESSION = { kmsKeyId: "alias/sessions", cloudWatchLogGroupName: "/sessions", cloudWatchEncryptionEnabled: true };

export const platformCases: readonly Case[] = [
  {
    type: "aws:sagemaker/notebookInstance:NotebookInstance",
    right: {
      instanceType: "ml.t3.medium",
      roleArn: "$role",
      kmsKeyId: "$key",
      subnetId: "$subnet",
      securityGroups: ["$group"],
      directInternetAccess: "Disabled",
      rootAccess: "Disabled",
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: "2" },
    },
    wrong: [
      [CMK, { kmsKeyId: undefined }],
      ["disallow-notebook-internet-access", { directInternetAccess: undefined }],
      ["require-notebook-subnet", { subnetId: undefined }],
      ["disallow-notebook-root-access", { rootAccess: "Enabled" }],
      [
        "require-notebook-metadata-v2",
        { "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion": "1" },
      ],
    ],
  },
  {
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    right: {
      kmsKeyArn: "$key",
      productionVariants: [{ modelName: "model", instanceType: "ml.m5.large", initialInstanceCount: 2 }],
    },
    wrong: [[CMK, { kmsKeyArn: undefined }]],
  },
  {
    type: "aws:sagemaker/domain:Domain",
    right: {
      authMode: "IAM",
      defaultUserSettings: { executionRole: "$role" },
      domainName: "studio",
      subnetIds: "$subnets",
      vpcId: "$vpc",
      kmsKeyId: "$key",
      appNetworkAccessType: "VpcOnly",
    },
    wrong: [
      [CMK, { kmsKeyId: undefined }],
      ["require-studio-vpc-only", { appNetworkAccessType: undefined }],
    ],
  },
  {
    type: "aws:sagemaker/model:Model",
    right: { executionRoleArn: "$role", enableNetworkIsolation: true },
    wrong: [["require-model-isolation", { enableNetworkIsolation: undefined }]],
  },
  {
    type: "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition",
    right: {
      roleArn: "$role",
      dataQualityAppSpecification: {
        imageUri: "048819808253.dkr.ecr.eu-central-1.amazonaws.com/sagemaker-model-monitor-analyzer",
      },
      dataQualityJobInput: { endpointInput: { endpointName: "endpoint" } },
      dataQualityJobOutputConfig: {
        kmsKeyId: "$key",
        monitoringOutputs: { s3Output: { s3Uri: "s3://monitoring/output" } },
      },
      jobResources: { clusterConfig: { ...MONITOR, volumeKmsKeyId: "$key" } },
      networkConfig: { enableInterContainerTrafficEncryption: true, enableNetworkIsolation: true },
    },
    wrong: [
      [CMK, { "dataQualityJobOutputConfig.kmsKeyId": undefined }],
      [CMK, { "jobResources.clusterConfig.volumeKmsKeyId": undefined }],
      ["require-monitoring-traffic-encryption", { "networkConfig.enableInterContainerTrafficEncryption": false }],
      ["require-model-isolation", { "networkConfig.enableNetworkIsolation": false }],
    ],
  },
  {
    type: "aws:imagebuilder/component:Component",
    right: { platform: "Linux", version: "1.0.0", data: "name: hello\nschemaVersion: 1.0\n", kmsKeyId: "$key" },
    wrong: [[CMK, { kmsKeyId: undefined }]],
  },
  {
    type: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    right: { distributions: [{ region: "eu-central-1", amiDistributionConfiguration: { kmsKeyId: "$key" } }] },
    wrong: [[CMK, { "distributions[0].amiDistributionConfiguration.kmsKeyId": undefined }]],
  },
  {
    type: "aws:imagebuilder/imageRecipe:ImageRecipe",
    right: {
      parentImage: "arn:aws:imagebuilder:eu-central-1:aws:image/amazon-linux-2023-x86/x.x.x",
      version: "1.0.0",
      components: [
        { componentArn: "arn:aws:imagebuilder:eu-central-1:aws:component/amazon-cloudwatch-agent-linux/x.x.x" },
      ],
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: "$key" } }],
    },
    wrong: [["require-image-encryption", { "blockDeviceMappings[0].ebs.encrypted": "false" }]],
  },
  {
    type: "aws:ec2/ami:Ami",
    right: {
      rootDeviceName: "/dev/xvda",
      ebsBlockDevices: [{ deviceName: "/dev/xvda", volumeSize: 8, encrypted: true }],
    },
    wrong: [["require-image-encryption", { "ebsBlockDevices[0].encrypted": undefined }]],
  },
  {
    type: "aws:codepipeline/pipeline:Pipeline",
    right: {
      roleArn: "$role",
      artifactStores: [{ location: "artifacts", type: "S3", encryptionKey: { id: "$key", type: "KMS" } }],
      stages: [
        {
          name: "Source",
          actions: [{ name: "Source", category: "Source", owner: "AWS", provider: "S3", version: "1" }],
        },
        { name: "Build", actions: [{ name: "Build", category: "Build", owner: "AWS", provider: "CodeBuild", version: "1" }] }, // prettier-ignore
      ],
    },
    wrong: [[CMK, { "artifactStores[0].encryptionKey": undefined }]],
  },
  {
    type: "aws:codeartifact/domain:Domain",
    right: { domain: "packages", encryptionKey: "$key" },
    wrong: [[CMK, { encryptionKey: undefined }]],
  },
  {
    type: "aws:mwaa/environment:Environment",
    right: {
      dagS3Path: "dags/",
      executionRoleArn: "$role",
      sourceBucketArn: "arn:aws:s3:::dags",
      networkConfiguration: { securityGroupIds: ["$group"], subnetIds: "$subnets" },
      kmsKey: "$key",
      loggingConfiguration: {
        schedulerLogs: { enabled: true, logLevel: "INFO" },
        workerLogs: { enabled: true, logLevel: "INFO" },
        webserverLogs: { enabled: true, logLevel: "INFO" },
      },
    },
    wrong: [
      [CMK, { kmsKey: undefined }],
      ["require-airflow-scheduler-log", { "loggingConfiguration.schedulerLogs.enabled": false }],
      ["require-airflow-worker-log", { "loggingConfiguration.workerLogs": undefined }],
      ["require-airflow-web-server-log", { "loggingConfiguration.webserverLogs": undefined }],
      ["disallow-public-workflow-manager", { webserverAccessMode: "PUBLIC_ONLY" }],
    ],
  },
  {
    type: "aws:kendra/index:Index",
    right: { roleArn: "$role", serverSideEncryptionConfiguration: { kmsKeyId: "$key" } },
    wrong: [[CMK, { serverSideEncryptionConfiguration: undefined }]],
  },
  {
    type: "aws:appflow/flow:Flow",
    right: {
      kmsArn: "$key",
      sourceFlowConfig: { connectorType: "S3", sourceConnectorProperties: { s3: { bucketName: "incoming", bucketPrefix: "a" } } }, // prettier-ignore
      destinationFlowConfigs: [
        { connectorType: "S3", destinationConnectorProperties: { s3: { bucketName: "outgoing" } } },
      ],
      tasks: [{ taskType: "Map_all", sourceFields: [""] }],
      triggerConfig: { triggerType: "OnDemand" },
    },
    wrong: [[CMK, { kmsArn: undefined }]],
  },
  {
    type: "aws:appflow/connectorProfile:ConnectorProfile",
    right: {
      kmsArn: "$key",
      connectionMode: "Public",
      connectorType: "Dynatrace",
      connectorProfileConfig: {
        connectorProfileCredentials: { dynatrace: { apiToken: "not-a-secret-in-a-test" } },
        connectorProfileProperties: { dynatrace: { instanceUrl: "https://example.live.dynatrace.com" } },
      },
    },
    wrong: [[CMK, { kmsArn: undefined }]],
  },
  {
    type: "aws:comprehend/entityRecognizer:EntityRecognizer",
    right: {
      dataAccessRoleArn: "$role",
      languageCode: "en",
      inputDataConfig: {
        entityTypes: [{ type: "ENGINEER" }],
        documents: { s3Uri: "s3://incoming/documents" },
        entityList: { s3Uri: "s3://incoming/entities" },
      },
      modelKmsKeyId: "$key",
      volumeKmsKeyId: "$key",
    },
    wrong: [
      [CMK, { modelKmsKeyId: undefined }],
      [CMK, { volumeKmsKeyId: undefined }],
    ],
  },
  {
    type: "aws:bedrock/agentAgent:AgentAgent",
    right: {
      agentName: "helper",
      agentResourceRoleArn: "$role",
      foundationModel: "anthropic.claude-v2",
      customerEncryptionKeyArn: "$key",
    },
    wrong: [[CMK, { customerEncryptionKeyArn: undefined }]],
  },
  {
    type: "aws:dms/s3Endpoint:S3Endpoint",
    right: {
      endpointId: "target",
      endpointType: "target",
      bucketName: "lake",
      serviceAccessRoleArn: "$role",
      encryptionMode: "SSE_KMS",
      serverSideEncryptionKmsKeyId: "$key",
    },
    wrong: [[CMK, { serverSideEncryptionKmsKeyId: undefined, encryptionMode: undefined }]],
  },
  {
    type: "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings",
    right: {
      dataCatalogEncryptionSettings: {
        connectionPasswordEncryption: { returnConnectionPasswordEncrypted: true, awsKmsKeyId: "$key" },
        encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: "$key" },
      },
    },
    wrong: [
      [
        "require-data-catalog-encryption",
        { "dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode": "DISABLED" },
      ],
      [
        "require-data-catalog-key",
        { "dataCatalogEncryptionSettings.connectionPasswordEncryption.awsKmsKeyId": undefined },
      ],
      [
        "require-catalog-password-encryption",
        { "dataCatalogEncryptionSettings.connectionPasswordEncryption.returnConnectionPasswordEncrypted": false },
      ],
    ],
  },
  {
    type: "aws:glue/securityConfiguration:SecurityConfiguration",
    right: {
      encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: "$key" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: "$key" },
        s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: "$key" },
      },
    },
    wrong: [
      ["require-glue-log-encryption", { "encryptionConfiguration.cloudwatchEncryption": {} }],
      ["require-glue-bookmark-encryption", { "encryptionConfiguration.jobBookmarksEncryption": {} }],
      ["require-glue-output-encryption", { "encryptionConfiguration.s3Encryption.s3EncryptionMode": "SSE-S3" }],
    ],
  },
  {
    type: "aws:glue/job:Job",
    right: {
      roleArn: "$role",
      command: { scriptLocation: "s3://scripts/job.py" },
      securityConfiguration: "encrypted",
    },
    wrong: [["require-glue-security-configuration", { securityConfiguration: undefined }]],
  },
  {
    type: "aws:glue/crawler:Crawler",
    right: {
      databaseName: "lake",
      role: "crawler",
      s3Targets: [{ path: "s3://lake" }],
      securityConfiguration: "encrypted",
    },
    wrong: [["require-glue-security-configuration", { securityConfiguration: undefined }]],
  },
  {
    type: "aws:glue/devEndpoint:DevEndpoint",
    right: { roleArn: "$role", securityConfiguration: "encrypted" },
    wrong: [["require-glue-security-configuration", { securityConfiguration: undefined }]],
  },
  {
    type: "aws:emr/cluster:Cluster",
    right: { releaseLabel: "emr-7.5.0", serviceRole: "$role", securityConfiguration: "encrypted" },
    wrong: [["require-glue-security-configuration", { securityConfiguration: undefined }]],
  },
  {
    type: "aws:emr/securityConfiguration:SecurityConfiguration",
    right: { configuration: emr() },
    wrong: [
      ["require-emr-encryption-at-rest", { configuration: emr({ EnableAtRestEncryption: false }) }],
      ["require-emr-encryption-in-transit", { configuration: emr({ EnableInTransitEncryption: false }) }],
      ["require-emr-disk-encryption", { configuration: "{}" }],
      ["require-emr-volume-encryption", { configuration: emr({}, { EncryptionKeyProviderType: "AwsKms" }) }],
      ["require-emr-output-key", { configuration: emr({}, DISKS, "SSE-S3") }],
    ],
  },
  {
    type: "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration",
    right: { blockPublicSecurityGroupRules: true },
    wrong: [["require-emr-public-access-block", { blockPublicSecurityGroupRules: false }]],
  },
  {
    type: "aws:workspaces/workspace:Workspace",
    right: {
      bundleId: "wsb-bh8rsxt14",
      directoryId: "d-9067f44224",
      userName: "keeper",
      rootVolumeEncryptionEnabled: true,
      userVolumeEncryptionEnabled: true,
      volumeEncryptionKey: "$key",
    },
    wrong: [
      ["require-desktop-root-encryption", { rootVolumeEncryptionEnabled: undefined }],
      ["require-desktop-user-encryption", { userVolumeEncryptionEnabled: false }],
    ],
  },
  {
    type: "aws:cloudsearch/domain:Domain",
    right: { endpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" } },
    wrong: [
      ["require-search-service-tls", { "endpointOptions.enforceHttps": undefined }],
      ["enforce-search-service-tls-policy", { "endpointOptions.tlsSecurityPolicy": "Policy-Min-TLS-1-0-2019-07" }],
    ],
  },
  {
    type: "aws:transfer/server:Server",
    right: {
      endpointType: "VPC",
      endpointDetails: { subnetIds: "$subnets", vpcId: "$vpc" },
      protocols: ["SFTP"],
      securityPolicyName: "TransferSecurityPolicy-2024-01",
      loggingRole: "$role",
    },
    wrong: [
      ["disallow-public-file-transfer", { endpointType: undefined, endpointDetails: undefined }],
      ["disallow-plain-file-transfer", { protocols: ["FTP"] }],
      ["require-current-transfer-policy", { securityPolicyName: "TransferSecurityPolicy-2018-11" }],
      ["require-file-transfer-log", { loggingRole: undefined }],
    ],
  },
  {
    type: "aws:sns/topic:Topic",
    right: { kmsMasterKeyId: "$key" },
    wrong: [["require-topic-encryption", { kmsMasterKeyId: undefined }]],
  },
  {
    type: "aws:sqs/queue:Queue",
    right: { kmsMasterKeyId: "$key" },
    wrong: [["require-queue-encryption", { kmsMasterKeyId: undefined, sqsManagedSseEnabled: false }]],
  },
  {
    type: "aws:ec2/securityGroup:SecurityGroup",
    right: { description: "Tasks of the service orders", vpcId: "$vpc" },
    wrong: [["require-security-group-description", { description: "Managed by Pulumi" }]],
  },
  {
    type: "aws:ec2/routeTable:RouteTable",
    right: { vpcId: "$vpc", routes: [{ cidrBlock: "10.9.0.0/16", vpcPeeringConnectionId: "pcx-0aaaaaaaaaaaaaaaa" }] },
    wrong: [["disallow-open-peering-table-route", { "routes[0].cidrBlock": "0.0.0.0/0" }]],
  },
  {
    type: "aws:lambda/permission:Permission",
    right: {
      action: "lambda:InvokeFunction",
      function: "open",
      principal: "s3.amazonaws.com",
      sourceArn: "arn:aws:s3:::images",
      sourceAccount: "123456789012",
    },
    wrong: [
      ["disallow-wide-function-permission", { action: "lambda:DeleteFunction" }],
      ["disallow-function-permission-for-everybody", { principal: "*" }],
    ],
  },
  {
    type: "aws:s3/bucket:Bucket",
    right: {},
    wrong: [["disallow-bucket-website", { website: { indexDocument: "index.html" } }]],
  },
  {
    type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
    right: { bucket: "site-1", redirectAllRequestsTo: { hostName: "example.com", protocol: "https" } },
    wrong: [
      [
        "disallow-bucket-website",
        { bucket: "site-2", redirectAllRequestsTo: undefined, indexDocument: { suffix: "index.html" } },
      ],
    ],
  },
  {
    type: "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2",
    right: { bucket: "site-3", redirectAllRequestsTo: { hostName: "example.com", protocol: "https" } },
    wrong: [
      [
        "disallow-bucket-website",
        { bucket: "site-4", redirectAllRequestsTo: undefined, indexDocument: { suffix: "index.html" } },
      ],
    ],
  },
];

/** What makes session preferences wrong. */
export const sessionChanges: Case["wrong"] = [
  ["require-session-encryption", { documentType: "Session", content: session({ ...SESSION, kmsKeyId: "" }) }],
  [
    "require-session-log",
    { documentType: "Session", content: session({ ...SESSION, cloudWatchEncryptionEnabled: false }) },
  ],
];
