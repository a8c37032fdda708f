export { type CertificateRequest, createCertificate, type StoreCertificate } from "./certificate";
export { createCredential, type Credential, type CredentialRequest } from "./credential";
export { objectNameProblems, reachProblems } from "./checks";
export type { GatewayImplementation, Grant, MountedFile, PodSelector, Reach, ScalingTrigger, SecretKey } from "./grant";
export {
  connect,
  type Connections,
  DNS_EGRESS,
  dnsEgress,
  egressTo,
  ingressFrom,
  ingressFromRanges,
  type NetworkPolicyTransform,
  NOT_INTERNET,
  peerOf,
  reachesOf,
} from "./network-policies";
export { type AlertAt, containerSignals, type Monitoring, type Signal, volumeSignal } from "./signal";
export { inCluster, type Labels, metadataOf, type Placement, type Role, selectorOf } from "./placement";
export { containerSecurity, type PodSecurityContext, podSecurity, type SecurityContext, spreadOver } from "./pods";
