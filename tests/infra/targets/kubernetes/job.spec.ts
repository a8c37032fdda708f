// Work at set times on Kubernetes and on EKS, from its description to the CronJob.
import { expect } from "chai";
import type { Job as DescribedJob } from "../../../../infra/model/kinds/job/description";
import type { Service, System } from "../../../../infra/model/system";
import { ecommerce } from "../../../../infra/systems/ecommerce";
import { demandOf } from "../../../../infra/targets/kubernetes/plan";
import { cronOf } from "../../../../infra/targets/kubernetes/schedule";
import type { Registered } from "../../../../offline/providers/mocks";
import { allows, type End, policiesOf } from "../../../support/kubernetes/network-policies";
import { findingsOf } from "../../../support/kubernetes/rules";
import { builtOnEks, planOnEks, problemsOnEks } from "../eks/fixtures";
import { builtOnKubernetes, planOnKubernetes, problemsOnKubernetes } from "./fixtures";

const report: DescribedJob = {
  description: "Writes the report of the day",
  schedule: "cron(30 6 ? * MON-FRI *)",
  timezone: "Europe/Berlin",
  command: ["node", "dist/report.js"],
  cpu: 512,
  memory: "1 GiB",
  maxAge: "10m",
  uses: { database: true, cache: true, publishes: ["order-events"], sendsTo: ["payment-processing-queue"] },
};

/** The shop with jobs of its order service. */
function shop(jobs: Readonly<Record<string, DescribedJob>>): Readonly<Record<string, System>> {
  const services: Readonly<Record<string, Service>> = ecommerce.services;
  return { ecommerce: { ...ecommerce, services: { ...services, order: { ...services.order, jobs } as Service } } };
}

interface CronJob {
  readonly schedule: string;
  readonly jobTemplate: {
    readonly spec: Readonly<Record<string, number>> & {
      readonly template: {
        readonly metadata: { readonly labels: Record<string, string>; readonly annotations: Record<string, string> };
        readonly spec: {
          readonly automountServiceAccountToken: boolean;
          readonly containers: readonly [
            { readonly env: readonly { readonly name: string; readonly value?: string }[] },
          ];
        };
      };
    };
  };
}
const cronJobOf = (resources: readonly Registered[], name: string): CronJob =>
  resources.find((one) => one.type === "kubernetes:batch/v1:CronJob" && one.name === name)?.inputs.spec as CronJob;
const podOf = ({ jobTemplate }: CronJob) => jobTemplate.spec.template;
const variablesOf = (cronJob: CronJob) =>
  Object.fromEntries(podOf(cronJob).spec.containers[0].env.map(({ name, value }) => [name, value]));

describe("a job on Kubernetes", function () {
  this.timeout(60_000);

  it("is a CronJob that runs by the schedule of the description, and is never suspended", async () => {
    const { resources } = await builtOnKubernetes(planOnKubernetes({}, { systems: shop({ report }) }));
    const cronJob = cronJobOf(resources, "order-report");
    expect(cronJob).to.deep.include({
      ...{ schedule: "30 6 * * MON-FRI", timeZone: "Europe/Berlin", suspend: false, concurrencyPolicy: "Forbid" },
      ...{ startingDeadlineSeconds: 600, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3 },
    });
    const { spec } = cronJob.jobTemplate;
    expect([spec.backoffLimit, spec.activeDeadlineSeconds, spec.ttlSecondsAfterFinished]).to.deep.equal([
      0, 86_400, 86_400,
    ]);
    expect(podOf(cronJob).spec.automountServiceAccountToken).to.equal(false);
    expect(podOf(cronJob).metadata.annotations).to.include({
      "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
      "karpenter.sh/do-not-disrupt": "true",
    });
    expect(
      findingsOf(resources, ["require-pod-secret-files", "require-pod-image-digest", "require-deployment-replicas"]),
    ).to.deep.equal([]);
  });

  it("gets what its edges say: its own users of cache and broker, and connections to nothing else", async () => {
    const plan = planOnKubernetes({}, { systems: shop({ report, plain: { ...report, uses: {} } }) });
    const { resources } = await builtOnKubernetes(plan);
    const variables = variablesOf(cronJobOf(resources, "order-report"));
    // The keys of its service, as a user of its own.
    expect(variables).to.include({
      REDIS_USERNAME: "order-report",
      REDIS_KEY_PREFIX: "order:",
      RABBITMQ_USERNAME: "order-report",
    });
    expect(variables).to.include.keys("ORDER_EVENTS_TOPIC_ARN", "PAYMENT_PROCESSING_QUEUE_URL", "DB_HOST");
    expect(Object.keys(variablesOf(cronJobOf(resources, "order-plain"))).sort()).to.deep.equal(["SERVICE_NAME"]);
    const policies = policiesOf(resources);
    const end = (name: string): End => ({
      namespace: plan.namespace,
      labels: podOf(cronJobOf(resources, name)).metadata.labels,
    });
    const inside = (labels: Record<string, string>): End => ({ namespace: plan.namespace, labels });
    const ends: readonly (readonly [string, End, number])[] = [
      ["database", inside({ "cnpg.io/cluster": "order-db", "cnpg.io/podRole": "instance" }), 5432],
      ["another database", inside({ "cnpg.io/cluster": "user-db", "cnpg.io/podRole": "instance" }), 5432],
      ["broker", inside({ "app.kubernetes.io/name": "messaging", "app.kubernetes.io/component": "rabbitmq" }), 5671],
      ["service", inside({ "app.kubernetes.io/name": "order", "app.kubernetes.io/component": "service" }), 8080],
      ["internet", { address: "93.184.216.34" }, 443],
    ];
    const reached = (name: string) =>
      ends.flatMap(([what, to, port]) => (allows(policies, end(name), to, port) ? [what] : []));
    expect(reached("order-report")).to.deep.equal(["database", "broker"]);
    expect(reached("order-plain")).to.deep.equal([]);
  });

  it("has room in the quota", () => {
    const without = demandOf(planOnKubernetes());
    const { millicpu, memory, pods } = demandOf(planOnKubernetes({}, { systems: shop({ report }) }));
    expect([millicpu - without.millicpu, memory - without.memory, pods - without.pods]).to.deep.equal([500, 1024, 1]);
  });

  it("is refused with every problem before anything is created", () => {
    const jobs = {
      once: { ...report, schedule: "at(2030-01-01T00:00:00)" },
      often: { ...report, schedule: "rate(7 hours)", uses: {} },
    };
    const expected = ["jobs.once.schedule", "jobs.often.schedule"];
    for (const problems of [problemsOnKubernetes({}, { systems: shop(jobs) }), problemsOnEks({}, shop(jobs))]) {
      const paths = problems.map(({ path }) => path.replace("ecommerce.services.order.", ""));
      expect(paths.sort()).to.deep.equal(expected.sort());
    }
  });

  it("on EKS runs in the cluster with a role of its own that has the rights of its edges", async () => {
    const uses = { publishes: ["order-events"] };
    const { resources } = await builtOnEks(planOnEks({}, shop({ report: { ...report, uses } })));
    expect(cronJobOf(resources, "order-report").schedule).to.equal("30 6 * * MON-FRI");
    const association = resources.find(
      ({ type, inputs }) => type.endsWith(":PodIdentityAssociation") && inputs.serviceAccount === "order-report",
    );
    expect(association?.inputs.namespace).to.equal("ecommerce-local");
    const policy = resources.find(
      ({ type, name }) => type.endsWith(":RolePolicy") && name === "ecommerce-local-order-report",
    );
    const { Statement } = JSON.parse(String(policy?.outputs.policy)) as {
      readonly Statement: readonly { readonly Action: string[] | string }[];
    };
    expect(Statement.flatMap(({ Action: action }) => action))
      .to.include("sns:Publish")
      .and.not.include("sqs:SendMessage");
    expect(resources.filter(({ type }) => type === "aws:scheduler/schedule:Schedule")).to.deep.equal([]);
  });
});

describe("schedules on Kubernetes", () => {
  const cron = (schedule: string): string => {
    const found = cronOf(schedule);
    return "cron" in found ? found.cron : "refused";
  };

  it("start at the same times as those of EventBridge Scheduler, whose days of the week begin with 1", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["cron(0 8 ? * MON-FRI *)", "0 8 * * MON-FRI"],
      ["cron(0 8 ? * 2-6 *)", "0 8 * * 1-5"],
      ["cron(0 8 ? * 1,7 *)", "0 8 * * 0,6"],
      ["cron(0 8 ? * 2/2 *)", "0 8 * * 1/2"],
      ["cron(0/15 9-17 1,15 JAN-JUL ? *)", "0/15 9-17 1,15 JAN-JUL *"],
      ["cron(5 4 * * ? *)", "5 4 * * *"],
      ["rate(1 minute)", "* * * * *"],
      ["rate(20 minutes)", "*/20 * * * *"],
      ["rate(60 minutes)", "0 * * * *"],
      ["rate(1 hour)", "0 * * * *"],
      ["rate(6 hours)", "0 */6 * * *"],
      ["rate(24 hours)", "0 0 * * *"],
      ["rate(1 day)", "0 0 * * *"],
      ["rate(7 days)", "0 0 * * 0"],
    ];
    for (const [given, expected] of cases) expect(cron(given), given).to.equal(expected);
  });

  it("are refused where a CronJob would start at other times, or where the API server would refuse them", () => {
    const all = [
      ...["rate(7 minutes)", "rate(90 minutes)", "rate(5 hours)", "rate(2 days)", "at(2030-01-01T00:00:00)"],
      ...["cron(0 8 L * ? *)", "cron(0 8 15W * ? *)", "cron(0 8 ? * 6#3 *)", "cron(0 8 ? * 5L *)"],
      ...[
        "cron(0 8 * * ? 2030)",
        "cron(0 8 ? * 0 *)",
        "cron(0 8 ? * 8 *)",
        "cron(0 8 ? * FRI-MON *)",
        "cron(60 8 * * ? *)",
      ],
      ...["cron(0 24 * * ? *)", "cron(0/0 8 * * ? *)", "cron(0 8 0 * ? *)", "cron(0 8 * 13 ? *)"],
    ];
    for (const schedule of all) expect(cron(schedule), schedule).to.equal("refused");
  });
});
