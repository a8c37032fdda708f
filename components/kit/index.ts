export { durationWithin, unless, wholeDays, wholeNumber } from "./checks";
export {
  closedSecurityGroup,
  encryptedLogGroup,
  finalSnapshotName,
  type AlarmArgs,
  notifyingAlarm,
  type Parent,
  protectedWhen,
  suffixOf,
  tagged,
  type Tags,
} from "./children";
export {
  type ContainerHealthCheck,
  type ContainerRuntime,
  DEFAULT_USER,
  PROXY_MEMORY,
  type ResolvedWritablePath,
  resolveWritablePaths,
  runtimeProblems,
  type WritablePath,
} from "./container-runtime";
export {
  CACHE_DEFAULT_VERSION,
  cacheVersionProblems,
  POSTGRES_MAJORS,
  postgresMajor,
  postgresVersionProblems,
  snapshotProblems,
} from "./engine-versions";
export { DATABASE_NAMES, isDatabaseName, isMasterName, MASTER_NAMES } from "./database-names";
export { CACHE_NODE_TYPES, DATABASE_CLASSES, isCacheNodeType, isDatabaseClass } from "./instance-classes";
export { EncryptionKey, type EncryptionKeyArgs } from "./encryption-key";
export {
  type ExistingSecret,
  isKeyArn,
  isSecretArn,
  KEY_ARN,
  SECRET_ARN,
  secretPlaceProblems,
} from "./existing-secret";
export type { Connection, Grant } from "./grant";
export { type Image, imageProblems, parseImage } from "./image";
export { CALL_LIMITS, REQUEST_TIMEOUT_LIMITS, SCALING_LIMITS } from "./limits";
export { LOG_RETENTION_DAYS, retentionProblems } from "./log-retention";
export {
  callPrefix,
  constantCase,
  lowerCaseProblems,
  nameTooLong,
  shortened,
  SUFFIX_LENGTH,
  variableProblems,
} from "./names";
export {
  accessLogPrincipal,
  endpointServiceName,
  offers,
  partitionOf,
  placementProblems,
  registryHost,
  servicePrincipal,
  viaService,
} from "./partitions";
export type { Placement } from "./placement";
export { allowedPlainProblems, plainSecretProblems, secretTextProblems } from "./plain-secrets";
export {
  denyInsecureTransport,
  policyDocument,
  type Principal,
  serviceTrust,
  type Statement,
  useKeyThrough,
} from "./policy-document";
export { InvalidInput, type Problem, throwIfAny } from "./problems";
export { TOPIC_ACTIONS } from "./topic-actions";
export { observed, type Transform, transformed } from "./transform";
export { type Duration, mebibytes, milliseconds, seconds, type Size } from "./units";
export {
  addresses,
  allocate,
  DEFAULT_MASKS,
  formatRange,
  LARGEST_PREFIX,
  type Layout,
  longestPrefixFor,
  MAX_ZONES,
  parseRange,
  SMALLEST_PREFIX,
  type Tier,
  TIERS,
  tiersOf,
  zoneSlot,
} from "./subnets";
