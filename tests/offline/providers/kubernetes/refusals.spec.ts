import { expect } from "chai";
import type { Values } from "../../../../offline/providers/core/values";
import { UNKNOWN } from "../../../../offline/providers/core/values";
import { provider, subject } from "../support";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const CUSTOM = "kubernetes:example.com/v1:Widget";

/** A deployment of one container. */
const deployment = (container: Values = {}, labels: Values = { app: "a" }, pod: Values = {}): Values => ({
  metadata: { name: "a" },
  spec: {
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels }, spec: { containers: [{ name: "c", image: "i", ...container }], ...pod } },
  },
});
const failures = (type: string, inputs: Values): readonly string[] =>
  provider("kubernetes", undefined, {})
    .check(subject(type), inputs)
    .failures.map(({ property, reason }) => `${property}: ${reason}`);
const C = "spec.template.spec.containers[0]";

describe("offline kubernetes: what one object shows", () => {
  const cases: Readonly<Record<string, readonly [string, Values, Values, string]>> = {
    "an unknown property of a nested list": [
      DEPLOYMENT, deployment({ imagePullPolcy: "Always" }), deployment({ imagePullPolicy: "Always" }),
      `${C}.imagePullPolcy: unknown property "imagePullPolcy"; did you mean "imagePullPolicy"?`,
    ],
    "an unknown property of the metadata": [
      CONFIG_MAP, { metadata: { name: "a", lables: {} } }, { metadata: { name: "a", labels: {} } },
      'metadata.lables: unknown property "lables"; did you mean "labels"?',
    ],
    "another version": [
      CUSTOM, { apiVersion: "example.com/v2" }, { apiVersion: "example.com/v1", spec: { free: [1] } },
      `apiVersion: "example.com/v2" does not fit ${CUSTOM}: leave it out, or write "example.com/v1"`,
    ],
    "a name in upper case": [
      CONFIG_MAP, { metadata: { name: "A" } }, { metadata: { name: "a.b-c" } },
      'metadata.name: "A" must be lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit, at most 253 characters',
    ],
    "a namespace's name with a dot": [
      NAMESPACE, { metadata: { name: "a.b" } }, { metadata: { name: "a-b" } },
      'metadata.name: "a.b" must be lower-case letters, digits and "-", beginning and ending with a letter or digit, at most 63 characters',
    ],
    "a label's value with a space": [
      CONFIG_MAP, { metadata: { labels: { team: "a b" } } }, { metadata: { labels: { "example.com/team": "a_b" } } },
      'metadata.labels["team"]: "a b" must be letters, digits, "-", "_" and ".", beginning and ending with a letter or digit, at most 63 characters',
    ],
    "a label's key with two slashes": [
      CONFIG_MAP, { metadata: { labels: { "a/b/c": "x" } } }, { metadata: { labels: { "a/b": UNKNOWN } } },
      'metadata.labels["a/b/c"]: a key must be a name of at most 63 characters, with a DNS name and "/" before it or not',
    ],
    "a selector that its template does not fit": [
      DEPLOYMENT, deployment({}, { app: "b" }), deployment({}, { app: UNKNOWN }),
      'spec.selector.matchLabels["app"]: "a" is not what spec.template.metadata.labels has ("b"): the pods of the template must match the selector',
    ],
    "two containers of one name": [
      DEPLOYMENT, deployment({}, { app: "a" }, { initContainers: [{ name: "c", image: "i" }] }), deployment({}, { app: "a" }, { initContainers: [{ name: "d", image: "i" }] }),
      `${C}.name: "c" is the name of another container`,
    ],
    "a port out of range": [
      DEPLOYMENT, deployment({ ports: [{ containerPort: 70000 }] }), deployment({ ports: [{ containerPort: 65535 }] }),
      `${C}.ports[0].containerPort: 70000 must be a whole number from 1 to 65535`,
    ],
    "a probe of a port that the container has not": [
      DEPLOYMENT,
      deployment({ ports: [{ containerPort: 1, name: "http" }], livenessProbe: { httpGet: { port: "web" } } }),
      deployment({ ports: [{ containerPort: 1, name: "web" }], livenessProbe: { httpGet: { port: "web" } } }),
      `${C}.livenessProbe.httpGet.port: the container has no port "web": http is named`,
    ],
    "a quantity that is none": [
      DEPLOYMENT, deployment({ resources: { limits: { memory: "512MB" } } }), deployment({ resources: { limits: { memory: "512Mi" } } }),
      `${C}.resources.limits.memory: "512MB" is no quantity: write a number with a unit, such as "250m", "2" or "512Mi"`,
    ],
    "a request above its limit": [
      DEPLOYMENT,
      deployment({ resources: { requests: { cpu: "1500m" }, limits: { cpu: "1" } } }),
      deployment({ resources: { requests: { cpu: "1000m" }, limits: { cpu: "1" } } }),
      `${C}.resources.requests.cpu: "1500m" is more than the limit "1": ask for less, or raise the limit`,
    ],
    "a mount of no volume": [
      DEPLOYMENT,
      deployment({ volumeMounts: [{ name: "v", mountPath: "/v" }] }),
      deployment({ volumeMounts: [{ name: "v", mountPath: "/v" }] }, { app: "a" }, { volumes: [{ name: "v" }] }),
      `${C}.volumeMounts[0].name: the pod has no volume "v": add it to spec.template.spec.volumes`,
    ],
    "several ports of a service without names": [
      SERVICE,
      { metadata: { name: "s" }, spec: { ports: [{ port: 1, name: "a" }, { port: 2 }] } },
      { metadata: { name: "s" }, spec: { ports: [{ port: 1, name: "a" }, { port: 2, name: "b" }] } },
      "spec.ports[1].name: each port needs a name where a service has several",
    ],
    "an autoscaler that is to keep more than it may": [
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
      { spec: { minReplicas: 3, maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "a" } } },
      { spec: { minReplicas: 2, maxReplicas: 2, scaleTargetRef: { kind: "Deployment", name: "a" } } },
      "spec.maxReplicas: 2 must be at least minReplicas, which is 3",
    ],
  }; // prettier-ignore
  for (const [what, [type, violating, clean, message]] of Object.entries(cases)) {
    it(`refuses ${what}`, () => {
      expect(failures(type, violating)).to.deep.equal([message]);
      expect(failures(type, clean)).to.deep.equal([]);
    });
  }
});

describe("offline kubernetes: what stands beside an object", () => {
  const named = (name: string, namespace = "default"): Values => ({ metadata: { name, namespace } });

  it("refuses a namespace that does not exist, at create", () => {
    const cluster = provider("kubernetes", undefined, {});
    // The same run may make it later, or a chart may.
    expect(() => cluster.preview(subject(CONFIG_MAP), named("a", "shop"))).not.to.throw();
    expect(() => cluster.create(subject(CONFIG_MAP), named("a", "shop"))).to.throw(
      `${CONFIG_MAP} "it" was refused:\n  metadata.namespace: no ${NAMESPACE} "shop" exists`,
    );
    expect(() => cluster.create(subject(CONFIG_MAP, "system"), named("a", "kube-system"))).not.to.throw();
    cluster.create(subject(NAMESPACE), { metadata: { name: "shop" } });
    expect(() => cluster.create(subject(CONFIG_MAP), named("a", "shop"))).not.to.throw();
  });

  it("refuses a name that another resource has in that namespace, and not in another one", () => {
    const cluster = provider("kubernetes", undefined, {});
    cluster.create(subject(CONFIG_MAP, "one"), named("a"));
    expect(() => cluster.create(subject(CONFIG_MAP, "two"), named("a"))).to.throw(
      'metadata.name: ConfigMap "default/a" already exists: give it another name, or import it',
    );
    expect(() => cluster.create(subject(CONFIG_MAP, "two"), named("a", "kube-system"))).not.to.throw();
    expect(cluster.check(subject(CONFIG_MAP, "one"), named("a")).failures).to.deep.equal([]);
  });

  it("replaces a workload whose selector changes", () => {
    const cluster = provider("kubernetes", undefined, {});
    const other = {
      ...deployment(),
      spec: { ...(deployment().spec as Values), selector: { matchLabels: { app: "b" } } },
    };
    const { changes } = cluster.diff(subject(DEPLOYMENT), deployment(), other);
    expect(changes.map(({ replaces }) => replaces)).to.deep.equal([true]);
  });

  it("deletes with a namespace what is in it, and nothing else", () => {
    const cluster = provider("kubernetes", undefined, {});
    cluster.create(subject(NAMESPACE), { metadata: { name: "shop" } });
    cluster.create(subject(CONFIG_MAP, "in"), named("a", "shop"));
    cluster.create(subject(CONFIG_MAP, "out"), named("a"));
    cluster.delete(subject(NAMESPACE), "shop");
    expect(cluster.existing(CONFIG_MAP).map(({ id }) => id)).to.deep.equal(["default/a"]);
  });
});

describe("offline random: no cloud keeps it", () => {
  it("returns of two passwords each one's own", () => {
    const random = provider("random", undefined, {});
    const type = "random:index/randomPassword:RandomPassword";
    const made = ["a", "b"].map((name) => ({ name, ...random.create(subject(type, name), { length: 20 }) }));
    expect(made[0]?.outputs.result).not.to.deep.equal(made[1]?.outputs.result);
    for (const { name, id, outputs } of made)
      expect(random.read(subject(type, name), id, { inputs: { length: 20 }, outputs })?.outputs).to.equal(outputs);
    expect(random.existing(type)).to.deep.equal([]);
  });
});
