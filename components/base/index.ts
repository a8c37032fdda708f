export { EncryptionKey, type EncryptionKeyArgs } from "./encryption-key";
export type { Connection, Grant } from "./grant";
export { nameTooLong, SUFFIX_LENGTH } from "./names";
export type { Placement } from "./placement";
export { denyInsecureTransport, policyDocument, type Principal, serviceTrust, type Statement } from "./policy-document";
export { InvalidInput, type Problem, throwIfAny } from "./problems";
export { type Transform, transformed } from "./transform";
export { type Duration, mebibytes, seconds, type Size } from "./units";
