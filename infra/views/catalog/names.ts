// Headings and files of the catalogues, said once so that links between them can't miss.
import type { Plan } from "../../model/plan";

export const heading = {
  entrance: (name: string) => `Entrance ${name}`,
  context: (name: string) => `Context ${name}`,
  service: (name: string) => `Service ${name}`,
  workload: (name: string) => `Workload ${name}`,
  topic: (name: string) => `Topic ${name}`,
  event: (type: string, topic: string) => `Event ${type} on ${topic}`,
} as const;

export const fileOf = {
  events: ({ system }: Pick<Plan, "system">) => `${system}-events.md`,
  services: ({ system }: Pick<Plan, "system">) => `${system}-services.md`,
  rights: ({ system }: Pick<Plan, "system">, target: string) => `${system}-rights-${target}.md`,
} as const;

/** Who wrote a page, and for which environment what it says holds. */
export function writtenBy({ environment }: Plan): string {
  return `Written by \`make catalog\` from the plan for environment \`${environment.name}\`.`;
}
