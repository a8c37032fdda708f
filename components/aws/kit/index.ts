export {
  type AlarmArgs,
  closedSecurityGroup,
  encryptedLogGroup,
  finalSnapshotName,
  notifyingAlarm,
  type Parent,
  suffixOf,
} from "./children";
export { EncryptionKey, type EncryptionKeyArgs } from "./encryption-key";
export { denyInsecureTransport, policyDocument, serviceTrust, TOPIC_ACTIONS, useKeyThrough } from "./policy-document";
