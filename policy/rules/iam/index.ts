// Every rule of the pack `iam`, in the order of the report.
import type { Rule } from "../rule";
import { authenticationRules } from "./authentication";
import { passwordRules } from "./passwords";
import { disallowAccountWideManagedPolicies } from "./disallow-account-wide-managed-policies";
import { disallowAdministratorManagedPolicies } from "./disallow-administrator-managed-policies";
import { disallowDecryptionWithAllKeys } from "./disallow-decryption-with-all-keys";
import { disallowIamUsersAndAccessKeys } from "./disallow-iam-users-and-access-keys";
import { disallowNotAction } from "./disallow-not-action";
import { disallowNotPrincipal } from "./disallow-not-principal";
import { disallowNotResource } from "./disallow-not-resource";
import { disallowOpenEndpointPolicy } from "./disallow-open-endpoint-policy";
import { disallowPermissionsManagementWildcard } from "./disallow-permissions-management-wildcard";
import { disallowPrivilegeEscalation } from "./disallow-privilege-escalation";
import { disallowPublicResourcePolicy } from "./disallow-public-resource-policy";
import { disallowPublicTrust } from "./disallow-public-trust";
import { disallowReadWriteWildcard } from "./disallow-read-write-wildcard";
import { disallowRoleSharedByServices } from "./disallow-role-shared-by-services";
import { disallowUnconditionalForeignAccounts } from "./disallow-unconditional-foreign-accounts";
import { disallowUserPolicies } from "./disallow-user-policies";
import { disallowWildcardAccount } from "./disallow-wildcard-account";
import { disallowWildcardAction } from "./disallow-wildcard-action";
import { disallowWildcardResource } from "./disallow-wildcard-resource";
import { requireConfusedDeputyCondition } from "./require-confused-deputy-condition";
import { requireFederatedAudience } from "./require-federated-audience";
import { requireNamedSecrets } from "./require-named-secrets";
import { requirePassRoleConditions } from "./require-pass-role-conditions";
import { requireTrustSourceCondition } from "./require-trust-source-condition";
import { requireValidPolicyDocument } from "./require-valid-policy-document";

/** Least privilege, trust, and what a policy document may say. */
export const iamRules: readonly Rule[] = [
  disallowAccountWideManagedPolicies,
  disallowAdministratorManagedPolicies,
  disallowDecryptionWithAllKeys,
  disallowIamUsersAndAccessKeys,
  disallowNotAction,
  disallowNotPrincipal,
  disallowNotResource,
  disallowOpenEndpointPolicy,
  disallowPermissionsManagementWildcard,
  disallowPrivilegeEscalation,
  disallowPublicResourcePolicy,
  disallowPublicTrust,
  disallowReadWriteWildcard,
  disallowRoleSharedByServices,
  disallowUnconditionalForeignAccounts,
  disallowUserPolicies,
  disallowWildcardAccount,
  disallowWildcardAction,
  disallowWildcardResource,
  requireConfusedDeputyCondition,
  requireFederatedAudience,
  requireNamedSecrets,
  requirePassRoleConditions,
  requireTrustSourceCondition,
  requireValidPolicyDocument,
  ...authenticationRules,
  ...passwordRules,
];
