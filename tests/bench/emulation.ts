// What the emulation costs a resource: the same program on the engine against it and against an empty provider, and the
// platform's own resources checked and created in process.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildOnEcs } from "../../infra/targets/ecs/ecs";
import { openOffline, type OfflineStack } from "../../cli/offline-stack";
import { providerPackages, offlinePlugins } from "../../cli/plugins";
import { root } from "../../cli/places";
import { Explained } from "../../cli/process";
import type { Say } from "../../cli/say";
import { FolderInventory } from "../../offline/providers/core/folder";
import type { Values } from "../../offline/providers/core/values";
import { deploy } from "../../offline/providers/mocks";
import { emulate } from "../../offline/providers/packages";
import { writeProject } from "../engine/support/project";
import { planFor, runOf } from "../infra/support/run";
import { quietly } from "./engine";
import { manyResources } from "./many-resources";
import { type Benchmark, median, type Way } from "./pairs";

const RESOURCES = 300;
/** Milliseconds that the emulation may add to a resource. */
const AIMED_AT = 2;

/** The provider's process writes down its CPU time as it goes: the engine ends it without a farewell. */
const meter = (file: string): string => `
const { writeFileSync } = require("node:fs");
setInterval(() => writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.cpuUsage())), 100).unref();
`;

/** The same `up` against the emulation and against an empty provider. */
export class EmulationCost {
  readonly benchmark: Benchmark;
  private readonly folder: string;
  /** Milliseconds of CPU of the provider's process, by way and run. */
  private readonly cpu = new Map<string, number[]>();

  constructor(work: string, say: Say) {
    this.folder = join(work, "emulation");
    writeProject(this.folder, "many", manyResources(RESOURCES));
    this.benchmark = {
      what: `up of ${RESOURCES + 1} resources`,
      a: this.upOf("the emulation", join("offline", "providers", "main.ts"), say),
      b: this.upOf("an empty provider", join("tests", "bench", "empty-provider.ts"), say),
      pairs: 5,
    };
  }

  /** What the emulation adds to a resource: on the engine, and what of it is its own work. */
  async lines(): Promise<readonly string[]> {
    const [emulation, empty] = [this.benchmark.a, this.benchmark.b].map(({ name }) => median(this.cpu.get(name) ?? []));
    const added = ((emulation ?? NaN) - (empty ?? NaN)) / RESOURCES;
    const own = await perResource(this.folder);
    return [
      `the emulation adds ${added.toFixed(2)} ms of CPU a resource to an empty provider on the engine, its start included; ` +
        `check and create in process, with the record on disk, take ${own.toFixed(2)} ms of CPU a resource of the platform ` +
        `(aimed at ${AIMED_AT}${added > AIMED_AT || own > AIMED_AT ? ", missed" : ""})`,
    ];
  }

  private upOf(name: string, provider: string, say: Say): Way {
    const work = join(this.folder, name.replaceAll(" ", "-"));
    const file = join(this.folder, "cpu.json");
    let stack: OfflineStack | undefined;
    return {
      name,
      prepare: async () => {
        rmSync(work, { recursive: true, force: true });
        const config = "config: { aws:region: eu-central-1 }\n";
        stack = await openOffline({ stack: "local", project: this.folder, work, config, say });
        this.plant(join(work, "home"), provider, file);
      },
      run: async () => {
        if (!stack) throw new Explained(`${name} was not made ready`);
        await quietly(stack, "up", ["--yes", "--skip-preview"]);
        const { user, system } = JSON.parse(readFileSync(file, "utf8")) as NodeJS.CpuUsage;
        this.cpu.set(name, [...(this.cpu.get(name) ?? []), (user + system) / 1000]);
      },
    };
  }

  /** Puts a provider, with a meter on it, where the engine looks for the one of aws. */
  private plant(home: string, provider: string, file: string): void {
    const aws = offlinePlugins(providerPackages(root)).find((plugin) => plugin.file === "pulumi-resource-aws");
    if (!aws) throw new Explained("the offline home has no plugin of aws");
    const hook = join(this.folder, "meter.cjs");
    writeFileSync(hook, meter(file));
    const text = aws.text
      .replace(join("offline", "providers", "main.ts"), provider)
      .replace("'--require'", `'--require' '${hook}' '--require'`);
    writeFileSync(join(home, "plugins", aws.folder, aws.file), text);
  }
}

/** Milliseconds of CPU: of time, others would have their share. */
async function perResource(work: string): Promise<number> {
  const { resources, one } = await deploy(() => buildOnEcs(planFor(runOf("local"))));
  const config = one("pulumi:providers:aws").inputs as Values;
  const cloud = resources.filter(({ type, outputs }) => type.startsWith("aws:") && "id" in outputs);
  const times = Array.from({ length: 5 }, () => {
    const inventory = new FolderInventory(mkdtempSync(join(work, "record-")));
    // Identifiers follow from URNs, as in the deployment: its inputs name the same ones.
    const emulation = emulate("aws", config, inventory, () => "");
    const before = process.cpuUsage();
    for (const { type, urn, inputs } of cloud) {
      const checked = emulation.check({ type, urn }, inputs as Values);
      emulation.create({ type, urn }, checked.inputs);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / cloud.length;
  });
  return median(times);
}
