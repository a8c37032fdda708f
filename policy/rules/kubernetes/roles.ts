// Rules on RBAC: roles and bindings.
import { noneOf } from "../conditions";
import { inTypes, propertyRule } from "../property-rule";
import type { Resource, ResourceRule, Rule } from "../rule";
import { at, each, isList, isMissing, isObject, textOf, type Value } from "../value";

const ROLES = ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "kubernetes:rbac.authorization.k8s.io/v1:Role"];
const BINDINGS = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
];

/** A rule of an RBAC role. */
interface Right {
  readonly id: string;
  readonly what: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly severity?: "high" | "medium" | "low";
  readonly level?: "advisory";
}

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete", "deletecollection"];

const RIGHTS: readonly Right[] = [
  { id: "secret", what: "read or change secrets", resources: ["secrets"], verbs: [...READ, ...WRITE] },
  {
    id: "pod-execution",
    what: "run commands in pods",
    resources: ["pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"],
    verbs: ["create", "get", "update", "patch"],
  },
  {
    id: "escalation",
    what: "give rights that its holder does not have",
    resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
    verbs: ["bind", "escalate"],
  },
  {
    id: "role-change",
    what: "change roles and bindings",
    resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
    verbs: WRITE,
  },
  {
    id: "impersonation",
    what: "act as somebody else",
    resources: ["users", "groups", "serviceaccounts", "uids", "userextras"],
    verbs: ["impersonate"],
  },
  {
    id: "token-request",
    what: "make tokens of service accounts",
    resources: ["serviceaccounts/token"],
    verbs: ["create"],
  },
  { id: "node-proxy", what: "talk to the kubelet", resources: ["nodes/proxy"], verbs: [...READ, ...WRITE] },
  {
    id: "certificate-approval",
    what: "approve certificates",
    resources: ["certificatesigningrequests/approval", "signers"],
    verbs: ["update", "patch", "approve"],
  },
  {
    id: "admission-change",
    what: "change admission webhooks",
    resources: ["validatingwebhookconfigurations", "mutatingwebhookconfigurations"],
    verbs: WRITE,
  },
  {
    id: "log-deletion",
    what: "delete logs and events",
    resources: ["pods/log", "events"],
    verbs: ["delete", "deletecollection"],
    severity: "medium",
  },
  {
    id: "workload-creation",
    what: "make pods, and so use every secret and service account of the namespace",
    resources: [
      "pods",
      "deployments",
      "daemonsets",
      "statefulsets",
      "replicasets",
      "jobs",
      "cronjobs",
      "replicationcontrollers",
    ],
    verbs: ["create", "update", "patch"],
    severity: "medium",
    level: "advisory",
  },
  {
    id: "network-change",
    what: "change services, ingresses and network policies",
    resources: ["services", "ingresses", "networkpolicies", "endpoints", "endpointslices"],
    verbs: WRITE,
    severity: "medium",
    level: "advisory",
  },
  {
    id: "configuration-change",
    what: "change the configuration of others",
    resources: ["configmaps"],
    verbs: WRITE,
    severity: "low",
    level: "advisory",
  },
  {
    id: "volume-creation",
    what: "make persistent volumes, which may be paths of the node",
    resources: ["persistentvolumes"],
    verbs: ["create"],
    severity: "medium",
  },
];

function texts(value: Value): readonly string[] {
  return isList(value) ? value.map(textOf) : [];
}

function rulesOf(role: Resource): readonly { readonly path: string; readonly value: Value }[] {
  return each(role.props, "rules[*]").filter(({ value }) => isObject(value));
}

/** A rule that no role has a right; wildcards are another rule's. */
function rightRule({ id, what, resources, verbs, severity = "high", level }: Right): ResourceRule {
  return {
    id: `disallow-${id}-right`,
    title: `Roles may not ${what.replace(/, .*/, "")}`,
    description: `A role does not let its holders ${what}, unless they are named objects.`,
    severity,
    ...(level && { level }),
    controls: ["CIS-K8S 5.1.3", "NIST-800-53 AC-6"],
    remediation: "leave the right out, or name the objects in resourceNames",
    appliesTo: ROLES,
    check(role, report) {
      for (const { path, value } of rulesOf(role)) {
        if (!isMissing(at(value, "resourceNames"))) continue;
        const named = texts(at(value, "resources")).filter((resource) => resources.includes(resource));
        const given = texts(at(value, "verbs")).filter((verb) => verbs.includes(verb) || verb === "*");
        if (named.length > 0 && given.length > 0)
          report({ path: `${path}.verbs`, found: given, required: `no right to ${what}` });
      }
    },
  };
}

/** A rule that no role has a wildcard in a list. */
function wildcardRule(list: "verbs" | "resources" | "apiGroups"): ResourceRule {
  return {
    id: `disallow-wildcard-${list === "apiGroups" ? "group" : list.slice(0, -1)}-right`,
    title: `Roles name their ${list === "apiGroups" ? "API groups" : list}`,
    description: `A role names the ${list === "apiGroups" ? "API groups" : list} that it gives rights to.`,
    severity: "high",
    controls: ["CIS-K8S 5.1.3", "NIST-800-53 AC-6"],
    remediation: `name the ${list} instead of *`,
    appliesTo: ROLES,
    check(role, report) {
      for (const { path, value } of rulesOf(role)) {
        if (texts(at(value, list)).includes("*"))
          report({ path: `${path}.${list}`, found: ["*"], required: "named ones" });
      }
    },
  };
}

const subjectRule = (
  id: string,
  title: string,
  description: string,
  found: (subject: Value) => boolean,
): ResourceRule => ({
  id,
  title,
  description,
  severity: "high",
  controls: ["CIS-K8S 5.1.1", "NIST-800-53 AC-6"],
  remediation: "bind the role to a service account or a group of its own",
  appliesTo: BINDINGS,
  check(binding, report) {
    for (const { path, value } of each(binding.props, "subjects[*]")) {
      if (isObject(value) && found(value)) report({ path, found: at(value, "name"), required: "another subject" });
    }
  },
});

export const roleRules: readonly Rule[] = [
  ...RIGHTS.map(rightRule),
  ...(["verbs", "resources", "apiGroups"] as const).map(wildcardRule),
  propertyRule({
    id: "disallow-administrator-binding",
    title: "Nobody is bound to cluster-admin",
    description: "A binding does not give the role cluster-admin, which may do everything.",
    severity: "high",
    controls: ["CIS-K8S 5.1.1", "NIST-800-53 AC-6"],
    remediation: "bind a role that has what is needed",
    property: inTypes("roleRef.name", ...BINDINGS),
    must: noneOf("cluster-admin"),
  }),
  propertyRule({
    id: "disallow-cluster-wide-edit-binding",
    title: "Nobody changes what is in every namespace",
    description:
      "A binding of a whole cluster does not give the role admin or edit: both read and write each namespace.",
    severity: "high",
    controls: ["CIS-K8S 5.1.1", "NIST-800-53 AC-6"],
    remediation: "bind the role in the namespaces by a RoleBinding",
    property: { "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": "roleRef.name" },
    must: noneOf("admin", "edit"),
  }),
  subjectRule(
    "disallow-anonymous-binding",
    "Nobody unknown has rights",
    "A binding does not name everybody: anonymous, unauthenticated or all authenticated users.",
    (subject) => /^system:(anonymous|unauthenticated|authenticated|masters)$/.test(textOf(at(subject, "name"))),
  ),
  subjectRule(
    "disallow-default-account-binding",
    "The default service account has no rights",
    "A binding does not name the service account default, which every pod is that names none.",
    (subject) => at(subject, "kind") === "ServiceAccount" && at(subject, "name") === "default",
  ),
];
