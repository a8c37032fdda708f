// Images, functions, clusters and builds: what runs is current, unchanged and has no more rights than it needs.
import { companionRule } from "../companion-rule";
import { defaultOr, given, has, matching, not, notMatching, off, oneOf, saysNot, says, all } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { ResourceRule, Rule } from "../rule";
import { TASKS } from "./containers";
import { at, isList, isMissing, parsed, textOf } from "../value";

/** Runtimes of Lambda that get no more patches. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const ENDED =
  /^(nodejs(\d\.x|\d\.\d+|\d\.\d-edge|10\.x|12\.x|14\.x|16\.x|18\.x)?|python(2\.7|3\.[6-9])|java8|dotnetcore.*|dotnet[567]|go1\.x|ruby2\..*|ruby3\.2|provided)$/;

/** Versions of Kubernetes that EKS no longer runs, not even at a higher price. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const OLD_KUBERNETES = /^1\.([0-9]|1[0-9]|2[0-9])$/;

const disallowPrivilegedJob: ResourceRule = {
  id: "disallow-privileged-job",
  title: "Jobs of Batch are not privileged",
  description: "A container of a Batch job has no rights of root on its host.",
  severity: "critical",
  controls: ["NIST-800-53 AC-6"],
  remediation: "leave privileged out of containerProperties",
  appliesTo: ["aws:batch/jobDefinition:JobDefinition"],
  check(job, report) {
    const found = at(parsed(at(job.props, "containerProperties")), "privileged");
    if (found === true) report({ path: "containerProperties.privileged", found, required: "false" });
  },
};

export const serviceWorkloadRules: readonly Rule[] = [
  disallowPrivilegedJob,
  propertyRule({
    id: "require-immutable-image-tags",
    title: "Tags of images do not move",
    description: "A tag in a repository always means the same image.",
    severity: "medium",
    controls: ["FSBP ECR.2", "NIST-800-53 SI-7"],
    remediation: "set imageTagMutability to IMMUTABLE",
    property: inTypes(
      "imageTagMutability",
      "aws:ecr/repository:Repository",
      "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
    ),
    must: oneOf("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"),
  }),
  companionRule({
    id: "require-image-lifecycle",
    title: "Old images end",
    description: "A repository has a lifecycle policy.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP ECR.3", "NIST-800-53 SI-12"],
    remediation: "add a LifecyclePolicy",
    holders: ["aws:ecr/repository:Repository"],
    companions: { "aws:ecr/lifecyclePolicy:LifecyclePolicy": "repository" },
    path: "lifecyclePolicy",
    required: "a LifecyclePolicy of the repository",
  }),
  propertyRule({
    id: "require-task-network-mode",
    title: "Tasks have a network interface of their own",
    description: "A task has the network mode awsvpc, so that security groups and flow logs see it and not its host.",
    severity: "medium",
    level: "advisory",
    controls: ["NIST-800-53 SC-7"],
    remediation: "set networkMode to awsvpc",
    property: inTypes("networkMode", ...TASKS),
    // The mode host is another rule's.
    where: all(has("networkMode"), saysNot("networkMode", "host")),
    must: oneOf("awsvpc"),
  }),
  propertyRule({
    id: "disallow-ended-runtime",
    title: "Functions have a runtime that is kept up",
    description: "A function has a runtime that still gets patches.",
    severity: "medium",
    controls: ["FSBP Lambda.2", "NIST-800-53 SI-2", "PCI-DSS-4.0 6.3.3"],
    remediation: "set runtime to a supported one",
    property: { "aws:lambda/function:Function": "runtime" },
    must: notMatching("a supported runtime", ENDED),
  }),
  propertyRule({
    id: "require-function-network",
    title: "Functions are in a network",
    description:
      "A function is in a VPC, where its traffic can be held and seen. A function that calls AWS only needs none.",
    severity: "low",
    level: "advisory",
    controls: ["FSBP Lambda.3", "NIST-800-53 SC-7"],
    remediation: "set vpcConfig with private subnets and a security group",
    property: { "aws:lambda/function:Function": "vpcConfig.subnetIds" },
    must: given,
  }),
  propertyRule({
    id: "require-function-zones",
    title: "Functions are in two zones",
    description: "A function in a network names subnets of two zones at least.",
    severity: "medium",
    controls: ["FSBP Lambda.5", "NIST-800-53 CP-10"],
    remediation: "name a subnet of each zone",
    property: { "aws:lambda/function:Function": "vpcConfig.subnetIds" },
    where: has("vpcConfig.subnetIds"),
    must: { words: "two subnets or more", accepts: (value) => isList(value) && value.length >= 2 },
  }),
  propertyRule({
    id: "require-signed-function",
    title: "Functions run signed code",
    description: "A function takes only code that a signing profile has signed.",
    severity: "low",
    level: "advisory",
    controls: ["NIST-800-53 SI-7"],
    remediation: "set codeSigningConfigArn",
    property: { "aws:lambda/function:Function": "codeSigningConfigArn" },
    // An image can't be signed this way.
    where: saysNot("packageType", "Image"),
    must: given,
  }),
  propertyRule({
    id: "require-latest-platform",
    title: "Tasks run on the latest Fargate",
    description: "A service on Fargate runs on the latest platform, which is patched.",
    severity: "medium",
    controls: ["FSBP ECS.10", "NIST-800-53 SI-2"],
    remediation: "leave platformVersion out, or set it to LATEST",
    property: inTypes("platformVersion", "aws:ecs/service:Service", "aws:ecs/taskSet:TaskSet"),
    where: not(all(has("launchType"), says("launchType", "EC2", "EXTERNAL"))),
    must: defaultOr("LATEST"),
  }),
  propertyRule({
    id: "disallow-old-kubernetes",
    title: "EKS runs a supported Kubernetes",
    description: "A cluster has a version of Kubernetes that EKS supports.",
    severity: "high",
    controls: ["FSBP EKS.2", "NIST-800-53 SI-2"],
    remediation: "set version to a supported one; each minor version is a step of its own",
    property: { "aws:eks/cluster:Cluster": "version" },
    must: notMatching("1.30 or newer", OLD_KUBERNETES),
  }),
  propertyRule({
    id: "disallow-privileged-build",
    title: "Builds are not privileged",
    description: "A CodeBuild project has no rights of root on its host. Building images with Docker needs them.",
    severity: "high",
    controls: ["FSBP CodeBuild.5", "NIST-800-53 AC-6"],
    remediation: "leave environment.privilegedMode out",
    property: { "aws:codebuild/project:Project": "environment.privilegedMode" },
    must: off,
  }),
  propertyRule({
    id: "require-image-digest",
    title: "Functions name their image by digest",
    description: "A function from an image names a digest or a tag other than latest.",
    severity: "medium",
    controls: ["NIST-800-53 SI-7"],
    remediation: "add the digest (@sha256:…) or the tag of a release",
    property: { "aws:lambda/function:Function": "imageUri" },
    where: (props) => !isMissing(at(props, "imageUri")),
    must: matching("a digest, or a tag other than latest", /@sha256:|:(?!latest$)[^:/]+$/),
  }),
  propertyRule({
    id: "require-current-broker",
    title: "Brokers have a version that is kept up",
    description: "A broker has a version that Amazon MQ still supports: ActiveMQ 5.17 or RabbitMQ 3.13 at least.",
    severity: "medium",
    controls: ["NIST-800-53 SI-2"],
    remediation: "set engineVersion to a supported one",
    property: { "aws:mq/broker:Broker": "engineVersion" },
    must: { words: "ActiveMQ 5.17 or RabbitMQ 3.13, or newer", accepts: isCurrentBroker },
  }),
];

/** ActiveMQ has 5.x, RabbitMQ 3.x and 4.x, so the version number identifies the engine. */
function isCurrentBroker(version: Parameters<typeof textOf>[0]): boolean {
  const [major = 0, minor = 0] = textOf(version).split(".").map(Number);
  if (major === 3) return minor >= 13;
  return major === 4 || (major === 5 && minor >= 17) || major > 5;
}
