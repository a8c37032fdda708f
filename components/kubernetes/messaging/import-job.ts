// The Job that loads the definitions. It runs when they change: its name follows from them, so that a change makes a new Job.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformed } from "../../kit";
import { containerSecurity, metadataOf, podSecurity } from "../kit";
import { type ClusterNodes, hostOf, importLabels, MANAGEMENT_PORT, MESSAGING_DEFAULTS, type Owner } from "./cluster";
import { type Definitions, USER_TAG } from "./definitions";

const DEFINITIONS_FOLDER = "/etc/archipelago/definitions";
const PROGRAM_FOLDER = "/etc/archipelago/program";
const CREDENTIALS_FOLDER = "/etc/archipelago/credentials";
const CA_FOLDER = "/etc/archipelago/tls";
/** A broker of several nodes needs some minutes for its first start. */
const DEADLINE_SECONDS = 900;
/** No account of the image has this identifier. */
const UID = 10_001;

/** The Job and what it reads. */
export interface ImportNodes {
  readonly program: kubernetes.core.v1.ConfigMap;
  readonly definitions: kubernetes.core.v1.Secret;
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
  readonly job: kubernetes.batch.v1.Job;
}

/** Creates the Job. */
export function createImport(
  owner: Owner,
  { cluster, certificate, networkPolicies }: ClusterNodes,
  definitions: pulumi.Output<Definitions>,
): ImportNodes {
  const { parent, name, args } = owner;
  const { placement, transform } = args;
  const called = `${name}-import`;
  const labels = importLabels(name);
  const metadata = metadataOf(placement, called, labels);
  const program = readFileSync(join(__dirname, "import.cjs"), "utf8");
  const text = pulumi.secret(definitions.apply((all) => JSON.stringify(all)));
  // A digest of hashes of passwords; it does not reveal a password.
  const digest = pulumi.unsecret(
    text.apply((all) => createHash("sha256").update(all).update(program).digest("hex").slice(0, 10)),
  );
  const configMap = new kubernetes.core.v1.ConfigMap(
    ...transformed<kubernetes.core.v1.ConfigMapArgs>(
      transform?.configMap,
      called,
      { metadata, data: { "import.cjs": program } },
      { parent },
    ),
  );
  const secret = new kubernetes.core.v1.Secret(
    ...transformed<kubernetes.core.v1.SecretArgs>(
      transform?.secret,
      called,
      { metadata, stringData: { "definitions.json": text } },
      { parent },
    ),
  );
  const serviceAccount = new kubernetes.core.v1.ServiceAccount(
    ...transformed<kubernetes.core.v1.ServiceAccountArgs>(
      transform?.serviceAccount,
      called,
      { metadata, automountServiceAccountToken: false },
      { parent },
    ),
  );
  const job = new kubernetes.batch.v1.Job(
    ...transformed<kubernetes.batch.v1.JobArgs>(
      transform?.job,
      called,
      {
        metadata: { ...metadata, name: pulumi.interpolate`${called}-${digest}` },
        spec: jobSpec(owner, { certificate, secret, configMap, serviceAccount }),
      },
      { parent, dependsOn: [cluster, ...networkPolicies, ...certificate.nodes] },
    ),
  );
  return { program: configMap, definitions: secret, serviceAccount, job };
}

interface Read {
  readonly certificate: ClusterNodes["certificate"];
  readonly secret: kubernetes.core.v1.Secret;
  readonly configMap: kubernetes.core.v1.ConfigMap;
  readonly serviceAccount: kubernetes.core.v1.ServiceAccount;
}

function jobSpec(owner: Owner, { certificate, secret, configMap, serviceAccount }: Read) {
  const { name } = owner;
  return {
    backoffLimit: 6,
    activeDeadlineSeconds: DEADLINE_SECONDS,
    template: {
      metadata: { labels: { ...importLabels(name) } },
      spec: {
        restartPolicy: "OnFailure",
        serviceAccountName: serviceAccount.metadata.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurity(UID, UID),
        containers: [containerOf(owner)],
        volumes: [
          { name: "definitions", secret: { secretName: secret.metadata.name } },
          // The operator makes an administrator and writes it into a Secret of this name.
          { name: "credentials", secret: { secretName: `${name}-default-user` } },
          { name: "program", configMap: { name: configMap.metadata.name } },
          {
            name: "tls",
            secret: { secretName: certificate.secretName, items: [{ key: "ca.crt", path: "ca.crt" }] },
          },
        ],
      },
    },
  };
}

function containerOf({ name, args }: Owner): kubernetes.types.input.core.v1.Container {
  const size = { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" };
  const mount = (called: string, mountPath: string) => ({ name: called, mountPath, readOnly: true });
  return {
    name: "import",
    image: args.importImage ?? MESSAGING_DEFAULTS.importImage,
    imagePullPolicy: "Always",
    command: ["node", `${PROGRAM_FOLDER}/import.cjs`],
    env: [
      { name: "API_URL", value: pulumi.interpolate`https://${hostOf(name, args)}:${MANAGEMENT_PORT}` },
      { name: "DEFINITIONS_FILE", value: `${DEFINITIONS_FOLDER}/definitions.json` },
      { name: "NODES", value: String(args.nodes ?? MESSAGING_DEFAULTS.nodes) },
      { name: "USER_TAG", value: USER_TAG },
      { name: "NODE_EXTRA_CA_CERTS", value: `${CA_FOLDER}/ca.crt` },
      { name: "CREDENTIALS_FOLDER", value: CREDENTIALS_FOLDER },
    ],
    resources: { requests: size, limits: size },
    securityContext: containerSecurity(),
    volumeMounts: [mount("definitions", DEFINITIONS_FOLDER), mount("program", PROGRAM_FOLDER), mount("tls", CA_FOLDER)],
  };
}
