// What names another resource in any type, whatever its service: `vpcId`, `subnetIds`, `securityGroups`, `roleArn`, `kmsKeyId`
// mean the same everywhere. The form of the value decides with the name of the property, so that a name which only looks alike
// (`subnetGroupName`, `securityGroups` of a classic instance) is not taken for an identifier.
import { isObject, text, type Value, type Values } from "../providers/core/values";
import type { Reference } from "../providers/core/rules";
import {
  address,
  balancer,
  certificate,
  group,
  key,
  lambda,
  loose,
  policy,
  queueArn,
  type References,
  role,
} from "./references";
import { subnet, table, targets, topic, vpc } from "./references";

/** An input that names another resource. */
export interface Spot {
  /** `vpcConfig.subnetIds[1]`. */
  readonly at: string;
  /** `vpcConfig.subnetIds[]`. */
  readonly path: string;
  readonly value: string;
  readonly reference: Reference;
}

interface Form {
  readonly property: RegExp;
  readonly value: RegExp;
  readonly reference: Reference;
}

const acl: Reference = { type: "aws:ec2/networkAcl:NetworkAcl" };
const FORMS: readonly Form[] = [
  { property: /^vpc(Id(s|entifier)?)?$/, value: /^vpc-/, reference: vpc },
  { property: /([sS]ubnetIds?|^subnets|Subnets|^vpcZoneIdentifiers)$/, value: /^subnet-/, reference: subnet },
  { property: /[sS]ecurityGroups?(Ids?)?$|securityGroupsIds$/, value: /^sg-/, reference: group },
  { property: /[rR]outeTableIds?$/, value: /^rtb-/, reference: table },
  { property: /[nN]etworkAclId$/, value: /^acl-/, reference: acl },
  { property: /[aA]llocationIds?$/, value: /^eipalloc-/, reference: address },
  { property: /[rR]oles?(Arns?)?$/, value: /^arn:[^:]*:iam::\d+:role\//, reference: role },
  { property: /[kK]msKey|[kK]eyArn$/, value: /^arn:[^:]*:kms:[^:]*:\d+:key\//, reference: key },
  { property: /[cC]ertificateArns?$/, value: /^arn:[^:]*:acm:[^:]*:\d+:certificate\//, reference: certificate },
  { property: /[pP]olic(y|ies)Arns?$|[bB]oundary(Arn)?$/, value: /^arn:[^:]*:iam::\d+:policy\//, reference: policy },
  { property: /./, value: /^arn:[^:]*:elasticloadbalancing:[^:]*:\d+:targetgroup\//, reference: loose(targets) },
  { property: /./, value: /^arn:[^:]*:elasticloadbalancing:[^:]*:\d+:loadbalancer\/(app|net)\//, reference: balancer },
  // Whatever takes messages or is called, by its whole ARN.
  { property: /./, value: /^arn:[^:]*:sqs:[^:]+:\d+:[^:]+$/, reference: queueArn },
  { property: /./, value: /^arn:[^:]*:sns:[^:]+:\d+:[^:]+$/, reference: topic },
  { property: /./, value: /^arn:[^:]*:lambda:[^:]+:\d+:function:/, reference: lambda },
];

/** Inputs that limit the caller; the caller may be created later. */
const CONDITIONS: ReadonlySet<string> = new Set(["sourceArn", "sourceArns", "principal", "tags", "tagsAll"]);
/** Types whose identifiers belong to other accounts or regions as well. */
const BEYOND = /^aws:(route53|ram|directconnect|networkmanager|ec2transitgateway)\/|PeeringConnection/;

/** Several constraints and the references ask about the same inputs, which never change. */
const found = new WeakMap<Values, readonly Spot[]>();

/** Every input that names another resource by its form. */
export function spots(type: string, inputs: Values): readonly Spot[] {
  if (BEYOND.test(type)) return [];
  const known = found.get(inputs) ?? inObject(inputs, "", "");
  found.set(inputs, known);
  return known;
}

function inObject(values: Values, at: string, path: string): readonly Spot[] {
  return Object.entries(values).flatMap(([property, value]) => {
    if (property.startsWith("__") || CONDITIONS.has(property)) return [];
    const [place, way] = [at === "" ? property : `${at}.${property}`, path === "" ? property : `${path}.${property}`];
    return inValue(property, value, place, way);
  });
}

function inValue(property: string, value: Value, at: string, path: string): readonly Spot[] {
  if (Array.isArray(value))
    return (value as readonly Value[]).flatMap((item, index) =>
      inValue(property, item, `${at}[${index}]`, `${path}[]`),
    );
  if (isObject(value)) return inObject(value, at, path);
  const known = text(value);
  if (known === undefined) return [];
  const form = FORMS.find((each) => each.value.test(known) && each.property.test(property));
  return form ? [{ at, path, value: known, reference: form.reference }] : [];
}

/** References by path, found by the names of inputs. */
export function referencesByForm(type: string, inputs: Values): References {
  return Object.fromEntries(
    spots(type, inputs).map(({ path, reference }) => [path, LOOSE.has(type) ? loose(reference) : reference]),
  );
}

/** Types that do not block the deletion of their VPC or subnet. */
const LOOSE: ReadonlySet<string> = new Set([
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/defaultRouteTable:DefaultRouteTable",
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  "aws:ec2/networkAclAssociation:NetworkAclAssociation",
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
]);
