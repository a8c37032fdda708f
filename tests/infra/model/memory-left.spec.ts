import { expect } from "chai";
import { memoryLeft, memoryWarnings } from "../../../infra/model/kinds/service/memory-left";
import type { ContainerRuntime } from "../../../components/kit";
import { planFor, runOf } from "../support/run";

const left = (memory: "512 MiB" | "1 GiB", runtime: ContainerRuntime = {}) => memoryLeft({ memory, runtime });

describe("memory that is left for a process", () => {
  it("is what the proxy and the folders in memory do not take", () => {
    expect(left("512 MiB")).to.equal(384);
    expect(left("512 MiB", { allowWritableRootFilesystem: true })).to.equal(448);
    expect(left("1 GiB", { writablePaths: [{ path: "/tmp", size: "256 MiB" }, "/cache"] })).to.equal(640);
  });

  it("is a warning of the check below 256 MiB", () => {
    const plan = planFor(runOf("dev"));
    expect(memoryWarnings(plan)).to.deep.equal([]);
    const [first, ...others] = plan.services;
    if (first === undefined) throw new Error("no service");
    const runtime = { writablePaths: [{ path: "/tmp", size: "256 MiB" }] } as const;
    const services = [{ ...first, memory: "512 MiB", runtime } as const, ...others];
    const [warning] = memoryWarnings({ ...plan, services });
    expect(warning?.path).to.equal(`services.${first.name}.memory`);
    expect(warning?.allowed).to.contain("192 MiB are left");
  });
});
