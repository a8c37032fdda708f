export {
  cacheAccess,
  cacheKeyPrefix,
  type CacheUsers,
  cacheUserProblems,
  DEFAULT_CACHE_USER,
  unknownCacheUser,
} from "./cache-access";
export { type CallPolicy, callProblems, callVariables } from "./call";
export {
  COLLECTOR_MEMORY,
  type ContainerHealthCheck,
  type ContainerRuntime,
  DEFAULT_USER,
  PROXY_MEMORY,
  type ResolvedWritablePath,
  resolveWritablePaths,
  runtimeProblems,
  type WritablePath,
} from "./container-runtime";
export { pauseProblems, storageProblems } from "./database-limits";
export {
  CACHE_DEFAULT_VERSION,
  CACHE_NODE_TYPES,
  cacheVersionProblems,
  DATABASE_CLASSES,
  DATABASE_NAMES,
  DOCUMENT_CLASSES,
  isCacheNodeType,
  isDatabaseClass,
  isDatabaseName,
  isDocumentClass,
  isMasterName,
  isSearchType,
  isSearchVersion,
  MASTER_NAMES,
  offeredVersionProblems,
  POSTGRES_MAJORS,
  postgresMajor,
  postgresVersionProblems,
  SEARCH_TYPES,
  SEARCH_VERSIONS,
  snapshotProblems,
} from "./engines";
export {
  type ExistingSecret,
  isKeyArn,
  isSecretArn,
  KEY_ARN,
  SECRET_ARN,
  secretCountProblems,
  secretPlaceProblems,
} from "./existing-secret";
export { cpuUnits, fargateProblems, memoryMebibytes } from "./fargate";
export type { Grant, OneOrMore, Principal, Reach, SecretLink, Statement } from "./grant";
export { type Image, imageProblems, parseImage } from "./image";
export {
  CALL_LIMITS,
  QUEUE_LIMITS,
  ROUTE_LIMITS,
  RUNTIME_LIMITS,
  REQUEST_TIMEOUT_LIMITS,
  LOG_RETENTION_DAYS,
  retentionProblems,
  SCALING_LIMITS,
  SCHEDULE,
} from "./limits";
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
  type Placement,
  placementProblems,
  registryHost,
  servicePrincipal,
  viaService,
} from "./partitions";
export { allowedPlainProblems, plainSecretProblems, secretTextProblems } from "./plain-secrets";
export type { AlarmAt, AlarmLink, Meaning, Metric, MetricMath, Signal } from "./signals";
export { durationWithin, InvalidInput, type Problem, throwIfAny, unless, wholeDays, wholeNumber } from "./problems";
export { observed, protectedWhen, tagged, type Tags, type Transform, transformed } from "./transform";
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
export {
  attributeOf,
  attributesOf,
  type KeyAttribute,
  type TableIndex,
  type TableKeys,
  tableProblems,
} from "./table-keys";
export { mergeVariables, type MergedVariables, OF_LAMBDA } from "./variables";
export { scheduleProblems, timeZoneProblems } from "./schedules";
