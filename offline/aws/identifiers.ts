import type { Birth } from "../providers/core/rules";

export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export const LETTERS = "abcdefghijklmnopqrstuvwxyz";

export const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const BASE36 = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An EC2 identifier: `vpc-0f3a…`, 17 digits. */
export const ec2Id = (prefix: string) => (birth: Birth) => `${prefix}-0${birth.hex(16)}`;

/** A version-4-looking UUID. */
export function uuid(birth: Birth, purpose = "uuid"): string {
  const hex = birth.hex(32, purpose);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The domain under which a partition's endpoints are. */
export function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : partition === "aws-eusc" ? "amazonaws.eu" : "amazonaws.com";
}

/** An ARN without region, such as IAM's. */
export function globalArn(birth: Birth, service: string, resource: string): string {
  return `arn:${birth.partition}:${service}::${birth.accountId}:${resource}`;
}

/** The name that was given or generated, or made of the prefix as Terraform does. */
export function physicalName(birth: Birth, property = "name"): string {
  const given = birth.text(property);
  if (given !== "") return given;
  const prefix = birth.text(`${property}Prefix`);
  return `${prefix === "" ? `${birth.logicalName}-` : prefix}${birth.now.replace(/\D/g, "")}${birth.hex(12, "prefix")}`;
}

export const named = (birth: Birth, property: string): string => birth.text(property) || physicalName(birth, property);
