export { type CertificateRequest, createCertificate, type StoreCertificate } from "./certificate";
export { createCredential, type Credential, type CredentialRequest } from "./credential";
export type { Grant, MountedFile, PodSelector, Reach, ScalingTrigger, SecretKey } from "./grant";
export {
  connect,
  type Connections,
  DNS_EGRESS,
  egressTo,
  ingressFrom,
  type NetworkPolicyTransform,
  NOT_INTERNET,
  peerOf,
  reachProblems,
  reachesOf,
} from "./network-policies";
export {
  inCluster,
  type Labels,
  metadataOf,
  objectNameProblems,
  type Placement,
  type Role,
  selectorOf,
} from "./placement";
export { containerSecurity, type PodSecurityContext, podSecurity, type SecurityContext, spreadOver } from "./pods";
