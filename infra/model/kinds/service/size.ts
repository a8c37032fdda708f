// Sizes of tasks, against what Fargate offers.
import { mebibytes } from "../../../../components/kit/units";
import type { Findings } from "../../findings";
import { FARGATE_CPU, fargateMemory } from "../../fargate";

/** CPU and memory are a pair that Fargate offers. */
export function checkTaskSize(path: string, cpu: number, memory: string, findings: Findings): void {
  const offered = fargateMemory(cpu);
  findings.require(
    offered.length > 0,
    `${path}.cpu`,
    cpu,
    FARGATE_CPU.join(", "),
    "choose CPU units that Fargate offers",
  );
  const given = mebibytes(memory);
  findings.require(
    offered.length === 0 || (given !== undefined && offered.includes(given)),
    `${path}.memory`,
    memory,
    `with ${cpu} CPU units: ${offered.map((size) => `${size} MiB`).join(", ")}`,
    'choose one of these, written as "512 MiB" or "1 GiB"',
  );
}
