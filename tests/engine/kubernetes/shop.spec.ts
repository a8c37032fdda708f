// The shop on the real control plane: it comes up under every rule, its accounts may do nothing, it is updated and goes.
import { expect } from "chai";
import { join } from "node:path";
import { ecommerce } from "../../../infra/systems/ecommerce";
import type { OfflineStack } from "../../../cli/offline-stack";
import { Api } from "../../../offline/kubernetes/api";
import { ClusterFolder } from "../../../offline/kubernetes/cluster-folder";
import { useCluster } from "../support/cluster";
import { run } from "../support/runs";
import { allRules } from "../support/stacks";

const NAMESPACE = "ecommerce-local";
/** What every account may do: ask who it is, and what it may do (ClusterRole system:basic-user). */
const BASIC = ["selfsubjectaccessreviews", "selfsubjectreviews", "selfsubjectrulesreviews"];

interface Listed {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec?: { readonly replicas?: number };
    readonly status?: { readonly availableReplicas?: number; readonly updatedReplicas?: number };
  }[];
}
interface Reviewed {
  readonly status: { readonly resourceRules: readonly { readonly resources: readonly string[] }[] };
}

describe("kubernetes: the shop", function () {
  this.timeout(900_000);
  const cluster = useCluster();
  const list = async (path: string): Promise<Listed["items"]> =>
    ((await cluster().api.call("GET", path)).body as Listed).items;
  const succeed = async (stack: OfflineStack, verb: string, args: readonly string[] = []) => {
    const done = await run(stack, verb, args);
    const errors = done.diagnostics.filter((line) => line.startsWith("error"));
    expect({ code: done.code, errors }, verb).to.deep.equal({ code: 0, errors: [] });
    return done;
  };

  it("comes up without a violation, and every Deployment is available; is updated, and goes", async () => {
    const stack = await cluster().workspace.open("k8s-local");
    const { facts } = await succeed(stack, "up", allRules);
    expect(facts.violations).to.deep.equal([]);

    const deployments = await list(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments`);
    const services = Object.keys(ecommerce.services);
    expect(deployments.map(({ metadata }) => metadata.name)).to.include.members(services);
    const short = deployments.filter(({ spec, status }) => (status?.availableReplicas ?? 0) < (spec?.replicas ?? 1));
    expect(short.map(({ metadata }) => metadata.name)).to.deep.equal([]);

    for (const { metadata } of await list(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts`)) {
      expect(await rightsOf(metadata.name), metadata.name).to.deep.equal(BASIC);
    }

    expect((await succeed(stack, "up")).changes, "a second up changes nothing").to.deep.equal([]);
    const images = Object.fromEntries(services.map((name) => [name, `registry.example.com/ecommerce/${name}:2.0.0`]));
    const changed = await succeed(await cluster().workspace.open("k8s-local", { images }), "up");
    const kinds = new Set(changed.changes.map(({ op, urn }) => `${op} ${urn.split("::")[2]?.split("$").at(-1) ?? ""}`));
    expect([...kinds].sort()).to.deep.equal([
      "update kubernetes:apps/v1:Deployment",
      "update kubernetes:batch/v1:CronJob",
    ]);
    await succeed(stack, "destroy");
    expect((await cluster().api.call("GET", `/api/v1/namespaces/${NAMESPACE}`)).status).to.equal(404);
  });

  /** Resources that an account has any right to, as the API server tells it when it asks with its own token (`kubectl auth can-i --list`). */
  async function rightsOf(account: string): Promise<string[]> {
    const { api, workspace } = cluster();
    const place = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${account}/token`;
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const { body } = await api.call("POST", place, request);
    const { token } = (body as { readonly status: { readonly token: string } }).status;
    const own = new Api({ ...new ClusterFolder(join(workspace.folder, "kubernetes")).access(), token });
    const review = {
      apiVersion: "authorization.k8s.io/v1",
      kind: "SelfSubjectRulesReview",
      spec: { namespace: NAMESPACE },
    };
    const answer = await own.call("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", review);
    const { resourceRules } = (answer.body as Reviewed).status;
    return resourceRules.flatMap(({ resources }) => resources).sort();
  }
});
