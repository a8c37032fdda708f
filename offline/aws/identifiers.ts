import type { NewResource } from "../providers/core/rules";

export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
export const LETTERS = "abcdefghijklmnopqrstuvwxyz";
export const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
export const BASE36 = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An EC2 identifier: `vpc-0f3a…`, 17 digits. */
export const ec2Id = (prefix: string) => (resource: NewResource) => `${prefix}-0${resource.hex(16)}`;

/** A version-4-looking UUID. */
export function uuid(resource: NewResource, purpose = "uuid"): string {
  const hex = resource.hex(32, purpose);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The domain under which a partition's endpoints are. */
export function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : partition === "aws-eusc" ? "amazonaws.eu" : "amazonaws.com";
}

/** An ARN without region, such as IAM's. */
export function globalArn(resource: NewResource, service: string, path: string): string {
  return `arn:${resource.partition}:${service}::${resource.accountId}:${path}`;
}

/** The name that was given or generated, or made of the prefix as Terraform does. */
export function physicalName(resource: NewResource, property = "name"): string {
  const given = resource.text(property);
  if (given !== "") return given;
  const prefix = resource.text(`${property}Prefix`);
  return `${prefix === "" ? `${resource.logicalName}-` : prefix}${resource.now.replace(/\D/g, "")}${resource.hex(12, "prefix")}`;
}

export const named = (resource: NewResource, property: string): string =>
  resource.text(property) || physicalName(resource, property);
