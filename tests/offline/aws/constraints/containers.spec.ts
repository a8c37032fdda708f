import { expect } from "chai";
import { cloudOf, refusals } from "./support";

const task = (containerName: string) =>
  refusals(cloudOf(), "aws:ecs/taskDefinition:TaskDefinition", {
    family: "f",
    containerDefinitions: JSON.stringify([
      { name: "app", image: "app:1", memory: 128, dependsOn: [{ containerName, condition: "START" }] },
      { name: "proxy", image: "proxy:1", memory: 128 },
    ]),
  });

describe("offline providers: containers that wait for others", () => {
  it("takes one of the task", () => expect(task("proxy")).to.deep.equal([]));
  it("refuses one that is not there", () => {
    expect(task("prxy")).to.deep.equal([
      'containerDefinitions[0].dependsOn[0].containerName: the task has no container "prxy": name one of its containers',
    ]);
  });
});
