// Properties of the Kubernetes SDK that an API server of 1.34 does not know: the SDK is newer than the cluster, and keeps some that are gone.
// Found by comparing every input of the SDK with what kube-apiserver 1.34.1 publishes at /openapi/v2.
import type { Properties } from "./shape";

const UNSERVED: Readonly<Record<string, readonly string[]>> = {
  "batch.v1.JobSpec": ["scheduling"],
  "core.v1.ClusterTrustBundleProjection": ["user"],
  "core.v1.ConfigMapVolumeSource": ["defaultUser"],
  "core.v1.DownwardAPIVolumeFile": ["user"],
  "core.v1.DownwardAPIVolumeSource": ["defaultUser"],
  "core.v1.EmptyDirVolumeSource": ["mode"],
  "core.v1.EphemeralVolumeSource": ["readOnly"],
  "core.v1.GRPCAction": ["mode"],
  "core.v1.HTTPGetAction": ["protocol"],
  "core.v1.KeyToPath": ["user"],
  "core.v1.NodeSpec": ["podPreemptionPolicy"],
  "core.v1.PodCertificateProjection": ["user", "userAnnotations"],
  "core.v1.PodResourceClaim": ["source"],
  "core.v1.PodSpec": ["evictionResponders", "schedulingGroup", "workloadRef"],
  "core.v1.ProjectedVolumeSource": ["defaultUser"],
  "core.v1.SecretVolumeSource": ["defaultUser"],
  "core.v1.ServiceAccountTokenProjection": ["user"],
  "core.v1.ServiceSpec": ["ipFamily", "topologyKeys"],
  "core.v1.VolumeMount": ["bindMountOptions"],
  "meta.v1.ObjectMeta": ["clusterName"],
  "resource.v1.DeviceSubRequest": ["derivedAttributes"],
  "resource.v1.ExactDeviceRequest": ["derivedAttributes"],
  "resource.v1.ResourceSliceSpec": ["partitionTypeAttribute", "skipNodeOperations"],
  "storage.v1.CSIDriverSpec": ["preventPodSchedulingIfMissing", "serviceAccountTokenInSecrets"],
};

/** The properties of an object type without those that the cluster does not know. */
export function served(sdk: string, name: string, properties: Properties): Properties {
  const absent = sdk === "kubernetes" ? (UNSERVED[name] ?? UNSERVED[name.replace(/Args$/, "")]) : undefined;
  return absent === undefined
    ? properties
    : new Map([...properties].filter(([property]) => !absent.includes(property)));
}
