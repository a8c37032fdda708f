// The key, the roles and the access entries of a cluster.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { tagged, transformed } from "../../kit";
import { createRights, EncryptionKey } from "../kit";
import type { KubernetesClusterArgs, PodIdentitySettings } from "./args";
import {
  accessPolicy,
  CLUSTER_POLICIES,
  clusterTrust,
  managedPolicy,
  NODE_POLICIES,
  nodeTrust,
  podTrust,
} from "./policies";

/** The component that owns the children: its name, and the options that they take from it. */
export interface Owner {
  readonly parent: pulumi.ComponentResource;
  readonly name: string;
  readonly args: KubernetesClusterArgs;
}

/** A role and the policies that AWS manages for it. */
export interface RoleNodes {
  readonly role: aws.iam.Role;
  readonly attachments: readonly aws.iam.RolePolicyAttachment[];
}

/** The identity of a service. */
export interface IdentityNodes {
  readonly role: aws.iam.Role;
  /** None for a service without rights, or with more than an inline policy holds. */
  readonly policy?: aws.iam.RolePolicy;
  /** The rights of a service with more than an inline policy holds, and their attachments. */
  readonly policies: readonly (aws.iam.Policy | aws.iam.RolePolicyAttachment)[];
  readonly association: aws.eks.PodIdentityAssociation;
}

/** Creates the key of secrets and logs. */
export function createKey({ parent, name, args }: Owner): EncryptionKey {
  const { placement, protectData = true, tags, transform } = args;
  return new EncryptionKey(
    name,
    {
      placement,
      description: `Secrets and logs of the Kubernetes cluster ${name}`,
      logs: true,
      retainOnDelete: protectData,
      ...tagged(tags),
      ...(transform?.key && { transform: transform.key }),
    },
    { parent },
  );
}

/** Creates the roles of the control plane and of the nodes. */
export function createRoles(owner: Owner): { readonly cluster: RoleNodes; readonly node: RoleNodes } {
  const { placement } = owner.args;
  return {
    cluster: createRole(owner, "cluster", clusterTrust(placement), CLUSTER_POLICIES),
    node: createRole(owner, "node", nodeTrust(placement), NODE_POLICIES),
  };
}

function createRole(
  owner: Owner,
  called: string,
  trust: pulumi.Output<string>,
  policies: readonly string[],
): RoleNodes {
  const { parent, name, args } = owner;
  const role = roleOf(owner, `${name}-${called}-role`, trust);
  const attachments = policies.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        ...transformed<aws.iam.RolePolicyAttachmentArgs>(
          args.transform?.rolePolicyAttachment,
          `${name}-${called}-${policy}`,
          { role: role.name, policyArn: managedPolicy(args.placement, policy) },
          { parent },
        ),
      ),
  );
  return { role, attachments };
}

function roleOf({ parent, args }: Owner, name: string, assumeRolePolicy: pulumi.Output<string>): aws.iam.Role {
  return new aws.iam.Role(
    ...transformed<aws.iam.RoleArgs>(
      args.transform?.role,
      name,
      { assumeRolePolicy, ...tagged(args.tags) },
      { parent },
    ),
  );
}

/** Creates an access entry with a policy for each principal. */
export function createAccess(owner: Owner, cluster: aws.eks.Cluster): readonly aws.eks.AccessPolicyAssociation[] {
  const { administrators = {}, viewers = {} } = owner.args;
  return [
    ...Object.entries(administrators).map((one) => createEntry(owner, cluster, one, "AmazonEKSClusterAdminPolicy")),
    ...Object.entries(viewers).map((one) => createEntry(owner, cluster, one, "AmazonEKSViewPolicy")),
  ];
}

function createEntry(
  { parent, name, args }: Owner,
  { name: clusterName }: aws.eks.Cluster,
  [called, principalArn]: readonly [string, pulumi.Input<string>],
  policy: string,
): aws.eks.AccessPolicyAssociation {
  const { placement, tags, transform } = args;
  const entry = new aws.eks.AccessEntry(
    ...transformed<aws.eks.AccessEntryArgs>(
      transform?.accessEntry,
      `${name}-${called}`,
      { clusterName, principalArn, ...tagged(tags) },
      { parent },
    ),
  );
  return new aws.eks.AccessPolicyAssociation(
    ...transformed<aws.eks.AccessPolicyAssociationArgs>(
      transform?.accessPolicyAssociation,
      `${name}-${called}-access`,
      {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: accessPolicy(placement, policy),
        accessScope: { type: "cluster" },
      },
      { parent },
    ),
  );
}

/** Creates the role of a service account, and its association. Auto Mode brings the agent of Pod Identity. */
export function createIdentity(
  owner: Owner,
  cluster: aws.eks.Cluster,
  service: string,
  settings: PodIdentitySettings,
): IdentityNodes {
  const { parent, name, args } = owner;
  const { placement, tags, transform } = args;
  const { namespace, serviceAccount, grants } = settings;
  const role = roleOf(owner, `${name}-${service}`, podTrust(placement, cluster.arn, settings));
  const { inline: policy, managed: policies } = createRights({
    name: `${name}-${service}`,
    role,
    grants,
    tags,
    opts: { parent },
    transform: { inline: transform?.rolePolicy },
  });
  const association = new aws.eks.PodIdentityAssociation(
    ...transformed<aws.eks.PodIdentityAssociationArgs>(
      transform?.podIdentityAssociation,
      `${name}-${service}`,
      { clusterName: cluster.name, namespace, serviceAccount, roleArn: role.arn, ...tagged(tags) },
      { parent, dependsOn: [...(policy ? [policy] : []), ...policies] },
    ),
  );
  return { role, ...(policy && { policy }), policies, association };
}
