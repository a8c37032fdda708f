// A component whose placement differs from its provider would come up and grant rights for another region: it must not begin.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { ObjectStore } from "../../../../components/aws/storage";
import { deploy, type Registered } from "../../../../offline/providers/mocks";

const placement = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
type Settings = Omit<aws.ProviderArgs, "region"> & { readonly region: aws.Region | (() => pulumi.Output<aws.Region>) };

/** The buckets of a store below a provider, or why there is none. */
async function store(
  settings: Settings,
  options: { readonly by?: "parent" | "providers"; readonly preview?: boolean } = {},
) {
  const program = (): void => {
    const { region } = settings;
    const provider = new aws.Provider("aws", { ...settings, region: typeof region === "function" ? region() : region });
    const opts =
      options.by === "parent"
        ? { parent: new pulumi.ComponentResource("test:index:Parent", "parent", {}, { providers: [provider] }) }
        : options.by === "providers"
          ? { providers: { aws: provider } }
          : { provider };
    new ObjectStore("files", { placement, protectData: false }, opts);
  };
  const { resources } = await deploy(program, { preview: options.preview ?? false });
  return resources.filter(({ type }: Registered) => type === "aws:s3/bucket:Bucket");
}

async function refusal(settings: Settings, by?: "parent" | "providers"): Promise<string> {
  try {
    await store(settings, by === undefined ? {} : { by });
  } catch (error) {
    return String(error);
  }
  return "it was created";
}

describe("the placement of a component", function () {
  this.timeout(60_000);

  it("is compared with the region of its provider, wherever that comes from", async () => {
    for (const by of [undefined, "parent", "providers"] as const) {
      const said = await refusal({ region: "eu-central-1" }, by);
      expect(said).to.contain('archipelago:storage:ObjectStore "files": 1 problem; nothing was created.');
      expect(said)
        .to.contain('placement.region: "eu-west-1"')
        .and.to.contain('"eu-central-1", the region of its provider');
    }
    expect(await store({ region: "eu-west-1" })).to.have.length(1);
  });

  it("is compared with the accounts that its provider allows", async () => {
    const region = "eu-west-1";
    expect(await refusal({ region, allowedAccountIds: ["444455556666"] })).to.contain("placement.accountId");
    expect(await store({ region, allowedAccountIds: ["123456789012", "444455556666"] })).to.have.length(1);
  });

  it("is not compared with a region that is known after an update only", async () => {
    const region = () => new aws.sqs.Queue("first").url.apply((): aws.Region => "eu-central-1");
    expect(await store({ region }, { preview: true })).to.have.length(1);
  });

  it("is compared by every component that has one", () => {
    const root = join(__dirname, "../../../../components/aws");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const components = files
      .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }))
      .filter(({ text }) => text.includes("extends pulumi.ComponentResource") && text.includes("args.placement"));
    expect(components.length).to.be.above(10);
    expect(components.filter(({ text }) => !text.includes("placed(")).map(({ file }) => file)).to.deep.equal([]);
  });
});
