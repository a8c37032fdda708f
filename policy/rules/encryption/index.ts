// The rules of the pack, in the order of their names.
import type { Rule } from "../rule";
import { disallowPlainHttpSubscription } from "./disallow-plain-http-subscription";
import { enforceApiDomainTls } from "./enforce-api-domain-tls";
import { enforceDatabaseTransportEncryption } from "./enforce-database-transport-encryption";
import { enforceDistributionTls } from "./enforce-distribution-tls";
import { enforceListenerTls } from "./enforce-listener-tls";
import { enforceListenerTlsPolicy } from "./enforce-listener-tls-policy";
import { edgeEncryptionRules } from "./edge";
import { requireBackupVaultCustomerManagedKey } from "./require-backup-vault-customer-managed-key";
import { requireBrokerTransportEncryption } from "./require-broker-transport-encryption";
import { requireBucketCustomerManagedKey } from "./require-bucket-customer-managed-key";
import { requireBucketTlsOnlyPolicy } from "./require-bucket-tls-only-policy";
import { requireCacheCustomerManagedKey } from "./require-cache-customer-managed-key";
import { requireCacheEncryptionAtRest } from "./require-cache-encryption-at-rest";
import { requireCacheEncryptionInTransit } from "./require-cache-encryption-in-transit";
import { requireDatabaseCustomerManagedKey } from "./require-database-customer-managed-key";
import { requireDatabaseStorageEncryption } from "./require-database-storage-encryption";
import { requireExecSessionEncryption } from "./require-exec-session-encryption";
import { requireFileSystemEncryption } from "./require-file-system-encryption";
import { requireFunctionEnvironmentCustomerManagedKey } from "./require-function-environment-customer-managed-key";
import { requireKeyRotation } from "./require-key-rotation";
import { requireLogGroupCustomerManagedKey } from "./require-log-group-customer-managed-key";
import { requireManagedPasswordCustomerManagedKey } from "./require-managed-password-customer-managed-key";
import { requirePerformanceInsightsCustomerManagedKey } from "./require-performance-insights-customer-managed-key";
import { requireQueueCustomerManagedKey } from "./require-queue-customer-managed-key";
import { requireQueueTlsOnlyPolicy } from "./require-queue-tls-only-policy";
import { requireRepositoryCustomerManagedKey } from "./require-repository-customer-managed-key";
import { requireSearchDomainEncryption } from "./require-search-domain-encryption";
import { requireSecretCustomerManagedKey } from "./require-secret-customer-managed-key";
import { requireStreamEncryption } from "./require-stream-encryption";
import { requireTableCustomerManagedKey } from "./require-table-customer-managed-key";
import { requireTopicCustomerManagedKey } from "./require-topic-customer-managed-key";
import { requireTopicTlsOnlyPolicy } from "./require-topic-tls-only-policy";
import { requireTrailCustomerManagedKey } from "./require-trail-customer-managed-key";
import { requireVolumeEncryption } from "./require-volume-encryption";
import { requireVolumeTransitEncryption } from "./require-volume-transit-encryption";
import { requireWarehouseEncryption } from "./require-warehouse-encryption";
import { platformEncryptionRules } from "./platforms";
import { serviceEncryptionRules } from "./services";
import { storeEncryptionRules } from "./stores";
import { storeTransitRules } from "./stores-in-transit";

/** Every rule of the pack "encryption". */
export const encryptionRules: readonly Rule[] = [
  disallowPlainHttpSubscription,
  enforceApiDomainTls,
  enforceDatabaseTransportEncryption,
  enforceDistributionTls,
  enforceListenerTls,
  enforceListenerTlsPolicy,
  requireBackupVaultCustomerManagedKey,
  requireBrokerTransportEncryption,
  requireBucketCustomerManagedKey,
  requireBucketTlsOnlyPolicy,
  requireCacheCustomerManagedKey,
  requireCacheEncryptionAtRest,
  requireCacheEncryptionInTransit,
  requireDatabaseCustomerManagedKey,
  requireDatabaseStorageEncryption,
  requireExecSessionEncryption,
  requireFileSystemEncryption,
  requireFunctionEnvironmentCustomerManagedKey,
  requireKeyRotation,
  requireLogGroupCustomerManagedKey,
  requireManagedPasswordCustomerManagedKey,
  requirePerformanceInsightsCustomerManagedKey,
  requireQueueCustomerManagedKey,
  requireQueueTlsOnlyPolicy,
  requireRepositoryCustomerManagedKey,
  requireSearchDomainEncryption,
  requireSecretCustomerManagedKey,
  requireStreamEncryption,
  requireTableCustomerManagedKey,
  requireTopicCustomerManagedKey,
  requireTopicTlsOnlyPolicy,
  requireTrailCustomerManagedKey,
  requireVolumeEncryption,
  requireVolumeTransitEncryption,
  requireWarehouseEncryption,
  ...storeEncryptionRules,
  ...storeTransitRules,
  ...platformEncryptionRules,
  ...serviceEncryptionRules,
  ...edgeEncryptionRules,
];
