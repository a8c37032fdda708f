// What the page on images says is accepted, and what comes out of it is what the image's own documentation asks for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Microservice } from "../../components/aws/microservice";
import type { Service } from "../../infra/model/system";
import { validateSystem } from "../../infra/model/validate";
import { deploy } from "../../offline/providers/mocks";
import { containerOf, minimal } from "../components/aws/microservice/fixtures";
import { standing } from "../support/standing";
import { required } from "./blocks";

const page = readFileSync(join(__dirname, "../../docs/images.md"), "utf8");

/** What the page says for an image. */
function described(image: string): Service {
  const block = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].find(([, text]) => text?.includes(`const ${image}:`));
  const { [image]: service } = required(block?.[1] ?? "") as Record<string, Partial<Service>>;
  if (service === undefined) throw new Error(`the page says nothing of ${image}`);
  return { context: "Sales", description: "Sells", scaling: { min: 2, max: 2 }, ...service };
}

/** The container that a service's description makes. */
async function rendered(image: string) {
  const service = described(image);
  const { cpu, memory, environment, runtime } = service;
  const sizes = { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
  const deployment = await deploy(
    () => new Microservice("order", { ...minimal, ...sizes, ...(environment && { environment }), ...runtime }),
    { existing: standing },
  );
  const container = containerOf(deployment);
  const { tmpfs } = container.linuxParameters as {
    readonly tmpfs: readonly {
      readonly containerPath: string;
      readonly size: number;
      readonly mountOptions: string[];
    }[];
  };
  const variables = container.environment as readonly { readonly name: string; readonly value: string }[];
  return {
    user: container.user,
    readOnly: container.readonlyRootFilesystem,
    folders: Object.fromEntries(
      tmpfs.map(({ containerPath, size, mountOptions }) => [containerPath, `${size} ${mountOptions.join(",")}`]),
    ),
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    health: (container.healthCheck as { readonly command: readonly string[] } | undefined)?.command,
    stopTimeout: container.stopTimeout,
  };
}

const IMAGES = ["nginx", "jvm", "node", "python", "dotnet", "go"] as const;

describe("docs/images.md", () => {
  it("describes services that are accepted", () => {
    const contexts = { Sales: { description: "Sells", entities: ["Order"] } };
    for (const image of IMAGES) {
      const services = { order: described(image) };
      expect(validateSystem({ name: "shop", contexts, topics: {}, services }), image).to.deep.equal([]);
    }
  });

  it("keeps every image's root filesystem read-only", async () => {
    for (const image of IMAGES) expect((await rendered(image)).readOnly, image).to.equal(true);
  });

  it("runs nginx-unprivileged as 101 with /tmp for all that it writes", async () => {
    const { user, folders, stopTimeout } = await rendered("nginx");
    expect({ user, folders, stopTimeout }).to.deep.equal({
      user: "101",
      folders: { "/tmp": "128 rw,nosuid,nodev,noexec,mode=1777,uid=101" },
      stopTimeout: 60,
    });
  });

  it("lets a JVM load the libraries that it unpacks, and leaves memory beside the heap", async () => {
    const { folders, variables } = await rendered("jvm");
    expect(folders).to.deep.equal({ "/tmp": "256 rw,nosuid,nodev,exec,mode=1777,uid=10001" });
    expect(variables.JAVA_TOOL_OPTIONS).to.contain("-XX:MaxRAMPercentage=60");
  });

  it("gives Node a cache of its own beside /tmp", async () => {
    const { user, folders } = await rendered("node");
    expect({ user, folders }).to.deep.equal({
      user: "1000",
      folders: {
        "/tmp": "64 rw,nosuid,nodev,noexec,mode=1777,uid=1000",
        "/app/.next/cache": "128 rw,nosuid,nodev,noexec,mode=1777,uid=1000",
      },
    });
  });

  it("gives Python a home and a check by its own interpreter", async () => {
    const { variables, health, folders } = await rendered("python");
    expect(variables).to.include({ HOME: "/tmp", PYTHONDONTWRITEBYTECODE: "1" });
    expect(health?.slice(0, 2)).to.deep.equal(["CMD", "python"]);
    expect(Object.keys(folders)).to.deep.equal(["/tmp"]);
  });

  it("runs .NET as app with room for uploads", async () => {
    const { user, folders, variables } = await rendered("dotnet");
    expect({ user, folders }).to.deep.equal({
      user: "1654",
      folders: { "/tmp": "128 rw,nosuid,nodev,noexec,mode=1777,uid=1654" },
    });
    expect(variables.DOTNET_EnableDiagnostics).to.equal("0");
  });

  it("runs Go as nonroot, checked by its own binary", async () => {
    const { user, health, folders } = await rendered("go");
    expect({ user, health, folders }).to.deep.equal({
      user: "65532:65532",
      health: ["CMD", "/app", "-health"],
      folders: { "/tmp": "64 rw,nosuid,nodev,noexec,mode=1777,uid=65532,gid=65532" },
    });
  });
});
