// A stack of a few components that is taken from one description to the next: each change in a preview and then in one `up`.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OfflineStack } from "../../../cli/offline-stack";
import { writeProject } from "./project";
import { type LoggedRun, run, shortName } from "./runs";
import { root, type Workspace } from "./stacks";

/** What every program may use: the components, a provider, a network and makers of what most programs have. */
const PRELUDE = `
const P = ${JSON.stringify(root)};
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const components = (name) => require(P + "/components/aws/" + name);
const step = new pulumi.Config("changes").require("step");
const placement = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
const provider = new aws.Provider("aws", { region: placement.region, allowedAccountIds: [placement.accountId] });
const opts = { providers: [provider] };
const zones = ["eu-central-1a", "eu-central-1b"];
const makeNetwork = (more = {}) => new (components("network").Network)("network", { placement, cidr: "10.7.0.0/16", zones, ...more }, opts);
const makeCluster = (network, more = {}, name = "cluster") =>
  new (components("cluster").Cluster)(name, { placement, network, protectData: false, ...more }, opts);
const behind = ({ listenerArn, loadBalancerSecurityGroupId, loadBalancerArnSuffix }, more) =>
  ({ listenerArn, loadBalancerSecurityGroupId, loadBalancerArnSuffix, ...more });
const makeService = (name, network, cluster, more = {}) => new (components("microservice").Microservice)(name, {
  placement, network, cluster, image: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/" + name + ":1.0.0",
  scaling: { min: 1, max: 2, cpu: 70 }, ...more,
  grants: { endpoints: network.grantEndpoints(), internet: network.grantInternet(), ...more.grants },
}, opts);
`;

/** What one change did: how its `up` ended, and the steps of preview and `up`, as a person would say them. */
export interface Change {
  /** Exit codes, and what was said that is worse than information. */
  readonly ended: { readonly preview: number; readonly up: number; readonly said: readonly string[] };
  /** `create aws:ec2/subnet:Subnet network-public-a`, in the order in which they were finished. */
  readonly steps: readonly string[];
  /** What the preview announced as replaced or deleted. */
  readonly announced: readonly string[];
  /** What `up` replaced or deleted. */
  readonly gone: readonly string[];
}

/** How a change ends that went through. */
export const WENT_THROUGH = { preview: 0, up: 0, said: [] } as const;

/** A stack whose program reads which step it is at. */
export class ChangingStack {
  constructor(
    private readonly workspace: Workspace,
    /** JavaScript; it may use what the prelude defines, and `step`. */
    private readonly program: string,
    private readonly name = "changing",
  ) {}

  private project: string | undefined;

  async at(step: string): Promise<OfflineStack> {
    this.project ??= writeProject(
      mkdtempSync(join(this.workspace.folder, "project-")),
      this.name,
      PRELUDE + this.program,
    );
    return this.workspace.openProject(this.project, this.name, { "changes:step": step });
  }

  /** Previews a step and brings it up. */
  async to(step: string): Promise<Change> {
    const stack = await this.at(step);
    const preview = await run(stack, "preview");
    const up = await run(stack, "up");
    const said = [...preview.diagnostics, ...up.diagnostics].filter((line) => !line.startsWith("info"));
    return {
      ended: { preview: preview.code, up: up.code, said: [...new Set(said)] },
      steps: up.changes.map(({ op, urn }) => `${op} ${shortName(urn)}`),
      announced: goneIn(preview),
      gone: goneIn(up),
    };
  }

  /** What a preview of a step announces. */
  async preview(step: string): Promise<Omit<Change, "announced" | "gone">> {
    const { code, diagnostics, changes } = await run(await this.at(step), "preview");
    const said = diagnostics.filter((line) => !line.startsWith("info"));
    return { ended: { preview: code, up: 0, said }, steps: changes.map(({ op, urn }) => `${op} ${shortName(urn)}`) };
  }

  /** Rewrites the engine's record of the stack, as an earlier version of a component would have left it; returns what it was. */
  async rewrite(step: string, change: (state: string) => string): Promise<string> {
    const stack = await this.at(step);
    const file = join(this.workspace.folder, "state.json");
    const before = await stack.export();
    writeFileSync(file, change(before));
    const { code, stderr } = await stack.collect(["stack", "import", "--file", file]);
    if (code !== 0) throw new Error(stderr);
    return before;
  }
}

function goneIn({ changes }: LoggedRun): readonly string[] {
  return changes
    .filter(({ op }) => op === "replace" || op === "delete")
    .map(({ op, urn }) => `${op} ${shortName(urn)}`)
    .sort();
}
