// The command line of each program of the cluster. All listen on the loopback address only, on ports that the cluster's folder holds.
import { join } from "node:path";
import type { ClusterFolder, Ports } from "./cluster-folder";
import { partFolder } from "../go-build";
import { controlPlane, etcd, kwok } from "./parts";

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

export interface Programs {
  readonly etcd: Program;
  readonly "kube-apiserver": Program;
  readonly "kube-controller-manager": Program;
  readonly "kube-scheduler": Program;
  readonly kwok: Program;
  readonly "metrics-server": Program;
}

const LOOPBACK = "127.0.0.1";

/** The programs of a cluster, from the user's cache. */
export function programsOf(cache: string, folder: ClusterFolder, ports: Ports): Programs {
  const kube = (name: string): string => join(partFolder(cache, controlPlane), name);
  return {
    etcd: { file: join(partFolder(cache, etcd), "etcd"), args: etcdArgs(folder, ports) },
    "kube-apiserver": { file: kube("kube-apiserver"), args: apiServerArgs(folder, ports) },
    "kube-controller-manager": { file: kube("kube-controller-manager"), args: controllerArgs(folder) },
    "kube-scheduler": {
      file: kube("kube-scheduler"),
      // Port 0 serves no HTTPS: nobody asks it anything.
      args: [`--kubeconfig=${folder.file("scheduler.kubeconfig")}`, "--secure-port=0", "--leader-elect=false"],
    },
    kwok: { file: join(partFolder(cache, kwok), "kwok"), args: kwokArgs(folder, ports) },
    "metrics-server": { file: kube("metrics-server"), args: metricsArgs(folder, ports) },
  };
}

/** Not synced to the disk at each write: after a crash of the machine the cluster is made anew, which costs seconds. */
function etcdArgs(folder: ClusterFolder, { etcd: client, etcdPeer }: Ports): readonly string[] {
  const [own, peer] = [`http://${LOOPBACK}:${client}`, `http://${LOOPBACK}:${etcdPeer}`];
  return [
    `--data-dir=${folder.file("etcd")}`,
    "--unsafe-no-fsync",
    "--log-level=warn",
    `--listen-client-urls=${own}`,
    `--advertise-client-urls=${own}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ];
}

function apiServerArgs(folder: ClusterFolder, { apiserver, etcd: store }: Ports): readonly string[] {
  return [
    `--etcd-servers=http://${LOOPBACK}:${store}`,
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${apiserver}`,
    // It makes a certificate of its own there, with the authority that has signed it.
    `--cert-dir=${folder.serving}`,
    `--token-auth-file=${folder.file("tokens.csv")}`,
    "--authorization-mode=Node,RBAC",
    // As kubeadm and EKS have it: pod security decides, and not the server for all.
    "--allow-privileged=true",
    "--enable-admission-plugins=NodeRestriction",
    "--service-cluster-ip-range=10.0.0.0/16",
    // No endpoint of the API server itself: the loopback address is refused there.
    "--endpoint-reconciler-type=none",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${folder.file("service-account.pub")}`,
    `--service-account-signing-key-file=${folder.file("service-account.key")}`,
    "--kubelet-preferred-address-types=InternalIP",
    // An aggregated API is reached through an ExternalName service, since nothing routes cluster addresses here.
    "--enable-aggregator-routing=false",
  ];
}

function controllerArgs(folder: ClusterFolder): readonly string[] {
  const kubeconfig = folder.file("controller-manager.kubeconfig");
  return [
    `--kubeconfig=${kubeconfig}`,
    "--secure-port=0",
    "--leader-elect=false",
    "--use-service-account-credentials=true",
    `--service-account-private-key-file=${folder.file("service-account.key")}`,
    `--root-ca-file=${folder.authority}`,
    // 15 s in a cluster that people use; specs wait for a decision.
    "--horizontal-pod-autoscaler-sync-period=3s",
  ];
}

function kwokArgs(folder: ClusterFolder, { kubelet }: Ports): readonly string[] {
  return [
    `--kubeconfig=${folder.kubeconfig}`,
    `--config=${folder.file("kwok.yaml")}`,
    "--manage-all-nodes=true",
    // Without a lease the node controller takes a node for lost after 40 s.
    "--node-lease-duration-seconds=40",
    `--node-ip=${LOOPBACK}`,
    `--node-port=${kubelet}`,
    `--server-address=${LOOPBACK}:${kubelet}`,
    "--cidr=10.244.0.1/16",
    `--tls-cert-file=${folder.authority}`,
    `--tls-private-key-file=${folder.file("serving", "apiserver.key")}`,
  ];
}

function metricsArgs(folder: ClusterFolder, { metrics }: Ports): readonly string[] {
  return [
    `--kubeconfig=${folder.kubeconfig}`,
    `--authentication-kubeconfig=${folder.kubeconfig}`,
    `--authorization-kubeconfig=${folder.kubeconfig}`,
    // There is no authority of clients to look up: the cluster has tokens only.
    "--authentication-skip-lookup=true",
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${metrics}`,
    `--tls-cert-file=${folder.authority}`,
    `--tls-private-key-file=${folder.file("serving", "apiserver.key")}`,
    "--kubelet-use-node-status-port",
    "--kubelet-preferred-address-types=InternalIP",
    // KWOK serves with the API server's certificate, which this process could not check by a kubelet's name.
    "--kubelet-insecure-tls",
    "--metric-resolution=10s",
    // Must be below the resolution.
    "--kubelet-request-timeout=5s",
  ];
}
