import { expect } from "chai";
import { cpuUnits, fargateProblems, memoryMebibytes } from "../../../components/kit/fargate";

describe("sizes of Fargate", () => {
  it("reads numbers and texts", () => {
    expect([cpuUnits(256), cpuUnits("0.25 vCPU"), cpuUnits("4 vCPU"), cpuUnits("fast")]).to.deep.equal([
      256,
      256,
      4096,
      undefined,
    ]);
    expect([
      memoryMebibytes(512),
      memoryMebibytes("512 MiB"),
      memoryMebibytes("4 GiB"),
      memoryMebibytes("4"),
    ]).to.deep.equal([512, 512, 4096, undefined]);
  });

  it("takes every pair that Fargate sells, and none between", () => {
    const sold = [
      [256, [512, 1024, 2048]],
      [512, [1024, 2048, 3072, 4096]],
      [1024, [2048, 3072, 8192]],
      [2048, [4096, 5120, 16_384]],
      [4096, [8192, 9216, 30_720]],
      [8192, [16_384, 20_480, 61_440]],
      [16_384, [32_768, 40_960, 122_880]],
    ] as const;
    for (const [cpu, memories] of sold) {
      for (const memory of memories) expect(fargateProblems("", cpu, memory), `${cpu}/${memory}`).to.deep.equal([]);
      for (const memory of [memories[0] - 1, memories[0] + 1, (memories.at(-1) ?? 0) + 1024]) {
        expect(
          fargateProblems("", cpu, memory).map(({ path }) => path),
          `${cpu}/${memory}`,
        ).to.deep.equal(["memory"]);
      }
    }
    expect(fargateProblems("", 256, 1536).map(({ path }) => path)).to.deep.equal(["memory"]);
    expect(fargateProblems("", 8192, 17_408).map(({ path }) => path)).to.deep.equal(["memory"]);
  });

  it("refuses CPU that Fargate does not sell", () => {
    expect(fargateProblems("", 300, 512).map(({ path }) => path)).to.deep.equal(["cpu"]);
    expect(fargateProblems("", "3 vCPU", "8 GiB").map(({ path }) => path)).to.deep.equal(["cpu"]);
  });
});
