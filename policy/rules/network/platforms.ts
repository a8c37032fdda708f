// Network access of analytics, machine learning and file transfer; each rule checks one property.
import { all, given, lacks, matching, noneOf, on, oneOf, otherThan } from "../conditions";
import { propertyRule } from "../property-rule";
import type { Rule } from "../rule";
import { at, isList, isMissing } from "../value";

const NOTEBOOK = "aws:sagemaker/notebookInstance:NotebookInstance";

export const platformNetworkRules: readonly Rule[] = [
  propertyRule({
    id: "disallow-notebook-internet-access",
    title: "Notebooks have no direct internet access",
    description: "A SageMaker notebook reaches the internet through the VPC only.",
    severity: "high",
    controls: ["FSBP SageMaker.1", "NIST-800-53 SC-7"],
    remediation: "set directInternetAccess to Disabled, and subnetId",
    property: { [NOTEBOOK]: "directInternetAccess" },
    must: oneOf("Disabled"),
  }),
  propertyRule({
    id: "require-notebook-subnet",
    title: "Notebooks are in a VPC",
    description: "A SageMaker notebook has a subnet of its own VPC.",
    severity: "high",
    controls: ["FSBP SageMaker.2", "NIST-800-53 SC-7"],
    remediation: "set subnetId and securityGroups",
    property: { [NOTEBOOK]: "subnetId" },
    must: given,
  }),
  propertyRule({
    id: "disallow-notebook-root-access",
    title: "Users of notebooks are not root",
    description: "A SageMaker notebook gives its users no root access.",
    severity: "high",
    controls: ["FSBP SageMaker.3", "NIST-800-53 AC-6"],
    remediation: "set rootAccess to Disabled",
    property: { [NOTEBOOK]: "rootAccess" },
    must: oneOf("Disabled"),
  }),
  propertyRule({
    id: "require-notebook-metadata-v2",
    title: "Notebooks take tokens for instance metadata",
    description: "A SageMaker notebook answers requests for instance metadata of version 2 only.",
    severity: "high",
    controls: ["NIST-800-53 AC-3"],
    remediation: "set instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion to 2",
    property: { [NOTEBOOK]: "instanceMetadataServiceConfiguration.minimumInstanceMetadataServiceVersion" },
    must: oneOf("2"),
  }),
  propertyRule({
    id: "require-model-isolation",
    title: "Models are isolated from the network",
    description: "The containers of a SageMaker model make no network calls.",
    severity: "medium",
    controls: ["FSBP SageMaker.5", "NIST-800-53 SC-7"],
    remediation: "set enableNetworkIsolation to true",
    property: {
      "aws:sagemaker/model:Model": "enableNetworkIsolation",
      "aws:sagemaker/dataQualityJobDefinition:DataQualityJobDefinition": "networkConfig.enableNetworkIsolation",
    },
    must: on,
  }),
  propertyRule({
    id: "require-studio-vpc-only",
    title: "SageMaker Studio is in the VPC",
    description: "The traffic of a SageMaker domain goes through the VPC.",
    severity: "high",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set appNetworkAccessType to VpcOnly",
    property: { "aws:sagemaker/domain:Domain": "appNetworkAccessType" },
    must: oneOf("VpcOnly"),
  }),
  propertyRule({
    id: "disallow-public-file-transfer",
    title: "File transfer servers are in a VPC",
    description: "A Transfer Family server has its endpoint in a VPC, where security groups say who connects.",
    severity: "high",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set endpointType to VPC, and endpointDetails",
    property: { "aws:transfer/server:Server": "endpointType" },
    must: oneOf("VPC", "VPC_ENDPOINT"),
  }),
  propertyRule({
    id: "disallow-public-workflow-manager",
    title: "Airflow environments are private",
    description: "The web server of an Amazon MWAA environment is reached from the VPC only.",
    severity: "high",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set webserverAccessMode to PRIVATE_ONLY, the default",
    property: { "aws:mwaa/environment:Environment": "webserverAccessMode" },
    must: noneOf("PUBLIC_ONLY"),
  }),
  propertyRule({
    id: "require-emr-public-access-block",
    title: "EMR blocks public access",
    description: "EMR refuses clusters whose security groups let the internet in.",
    severity: "critical",
    controls: ["FSBP EMR.2", "NIST-800-53 SC-7"],
    remediation: "set blockPublicSecurityGroupRules to true",
    property: {
      "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration": "blockPublicSecurityGroupRules",
    },
    must: on,
  }),
  propertyRule({
    id: "disallow-open-peering-table-route",
    title: "Routes of a table to a peer are narrow",
    description: "A route to a peered network, written in its route table, leads to that network's range.",
    severity: "medium",
    controls: ["CIS-AWS-3.0 5.5", "NIST-800-53 SC-7"],
    remediation: "set cidrBlock to the range of the peer",
    property: { "aws:ec2/routeTable:RouteTable": "routes" },
    must: {
      words: "no route to a peering connection with the range 0.0.0.0/0 or ::/0",
      accepts: (routes) =>
        !isList(routes) ||
        !routes.some(
          (route) =>
            !isMissing(at(route, "vpcPeeringConnectionId")) &&
            [at(route, "cidrBlock"), at(route, "ipv6CidrBlock")].some(
              (range) => range === "0.0.0.0/0" || range === "::/0",
            ),
        ),
    },
  }),
  propertyRule({
    id: "require-security-group-description",
    title: "Security groups say what they are for",
    description: "A security group has a description that its author wrote; it can't be changed later.",
    severity: "low",
    level: "advisory",
    controls: ["PCI-DSS-4.0 1.2.5"],
    remediation: "set description to what is in the group; on a group that exists this replaces it",
    property: { "aws:ec2/securityGroup:SecurityGroup": "description" },
    must: otherThan("Managed by Pulumi", "Managed by Terraform"),
  }),
  propertyRule({
    id: "disallow-wide-function-permission",
    title: "Permissions of functions are to invoke them",
    description: "A permission of a function lets another one invoke it, and not change or delete it.",
    severity: "high",
    controls: ["NIST-800-53 AC-6"],
    remediation: "set action to lambda:InvokeFunction",
    property: { "aws:lambda/permission:Permission": "action" },
    must: matching("lambda:InvokeFunction or lambda:InvokeFunctionUrl", /^lambda:InvokeFunction(?:Url)?$/i),
  }),
  propertyRule({
    id: "disallow-function-permission-for-everybody",
    title: "Permissions of functions name who invokes",
    description:
      "A permission of a function names a service or an account. One for everybody belongs to the function's URL or to an organization.",
    severity: "high",
    controls: ["FSBP Lambda.1", "NIST-800-53 AC-3"],
    remediation: "set principal to the service (events.amazonaws.com) or the account, or set principalOrgId",
    property: { "aws:lambda/permission:Permission": "principal" },
    where: all(lacks("principalOrgId"), lacks("functionUrlAuthType")),
    must: noneOf("*"),
  }),
  propertyRule({
    id: "disallow-bucket-website",
    title: "Buckets are no websites",
    description:
      "A bucket does not serve a website by itself, which is plain HTTP; a distribution serves it over HTTPS.",
    severity: "medium",
    controls: ["NIST-800-53 SC-8", "NIST-800-53 AC-3"],
    remediation:
      "serve the bucket by a CloudFront distribution with an origin access control, and leave the website out",
    property: {
      "aws:s3/bucket:Bucket": "website.indexDocument",
      "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": "indexDocument.suffix",
      "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": "indexDocument.suffix",
    },
    must: { words: "nothing, or a redirect", accepts: isMissing },
  }),
];
