export {
  type CertificateTransforms,
  type Domain,
  recordName,
  validatedCertificate,
  type ValidatedCertificate,
} from "./certificate";
export {
  accessRole,
  type AlarmArgs,
  closedSecurityGroup,
  deadLetters,
  type DeadLetterTransforms,
  encryptedLogGroup,
  finalSnapshotName,
  managedSecretArn,
  notifyingAlarm,
  type Parent,
  suffixOf,
} from "./children";
export { alarmArgs, alarmsOf, signalAlarms } from "./signal-alarms";
export { EncryptionKey, type EncryptionKeyArgs } from "./encryption-key";
export {
  denyInsecureTransport,
  denyOtherAccounts,
  policyDocument,
  serviceTrust,
  TOPIC_ACTIONS,
  useKeyThrough,
} from "./policy-document";
export { placed } from "./placed";
export { isInside, type NamedReach, namedReaches, type Peer, peerOf } from "./reaches";
export { inlineProblems, type Rights, rightsProblems } from "./rights";
export { createRights, inlineDocument } from "./role-rights";
