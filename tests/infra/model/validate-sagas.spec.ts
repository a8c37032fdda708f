import { expect } from "chai";
import type { Saga, SagaStep, Service } from "../../../infra/model/system";
import { validateSystem } from "../../../infra/model/validate";
import { shop } from "./anti-patterns/shop";

const take: SagaStep = { name: "take", service: "stock", command: "take_items", compensation: "put_back" };
const sell: SagaStep = { name: "sell", service: "till", command: "sell", compensation: { unneeded: "It is the last" } };
const selling: Saga = { description: "Sold as a whole", startedBy: "till", steps: [take, sell] };

/** What validation says of the shop with a saga. */
function withSaga(changes: Partial<Saga>, name = "selling") {
  return validateSystem({ ...shop, sagas: { [name]: { ...selling, ...changes } } });
}

/** Path and value of each problem when the first step is changed. */
function withStep(changes: Partial<SagaStep>): [path: string, value: unknown][] {
  return withSaga({ steps: [{ ...take, ...changes }, sell] }).map(({ path, value }) => [path, value]);
}

describe("validation of sagas", () => {
  it("takes steps of services that are there", () => {
    expect(withSaga({})).to.deep.equal([]);
    expect(withStep({ timeout: "1s" })).to.deep.equal([]);
    expect(withStep({ timeout: "1d" })).to.deep.equal([]);
  });

  it("refuses a sign of life that is later than the time limit, which is a minute unless said", () => {
    expect(withStep({ heartbeat: "59s" })).to.deep.equal([]);
    expect(withStep({ heartbeat: "1m" })).to.deep.equal([["sagas.selling.steps[0].heartbeat", "1m"]]);
    expect(withStep({ heartbeat: "1m", timeout: "2m" })).to.deep.equal([]);
  });

  it("refuses a step that may fail and has a compensation", () => {
    expect(withStep({ optional: true })).to.deep.equal([["sagas.selling.steps[0].optional", true]]);
    expect(withStep({ optional: true, compensation: { unneeded: "It only reads" } })).to.deep.equal([]);
  });

  it("refuses a queue that has the name of a service's command queue", () => {
    const till = { ...shop.services.till, consumes: { "till-commands": {} } } as Service;
    const stock = { ...shop.services.stock, sendsTo: ["till-commands"] } as Service;
    const services = { ...shop.services, till, stock };
    const problems = validateSystem({ ...shop, services, sagas: { selling } });
    expect(problems.map(({ path, value }) => [path, value])).to.deep.equal([
      ["services.till.consumes", "TILL_COMMANDS_URL"],
      ["services.till.consumes", "till-commands"],
    ]);
  });

  it("refuses services that are not there", () => {
    expect(withSaga({ startedBy: "tell", steps: [{ ...take, service: "stok" }, sell] })).to.deep.equal([
      { path: "sagas.selling.startedBy", value: "tell", allowed: "till, stock", remedy: 'did you mean "till"?' },
      {
        path: "sagas.selling.steps[0].service",
        value: "stok",
        allowed: "till, stock",
        remedy: 'did you mean "stock"?',
      },
    ]);
  });

  it("refuses a saga of one step, and steps of the same name", () => {
    expect(withSaga({ steps: [take] })).to.deep.equal([
      {
        path: "sagas.selling.steps",
        value: [take],
        allowed: "at least two steps: one is done or not, and there is nothing to undo",
        remedy: "name the other steps, or let a service do it alone",
      },
    ]);
    expect(withSaga({ steps: [take, sell, { ...sell, name: "take" }] })).to.deep.equal([
      {
        path: "sagas.selling.steps[2].name",
        value: "take",
        allowed: "a name that no other step has; steps[0] has it",
        remedy: "rename one of them",
      },
    ]);
  });

  it("refuses names that no resource could carry", () => {
    expect(withSaga({}, "Selling").map(({ path, value }) => [path, value])).to.deep.equal([
      ["sagas.Selling", "Selling"],
    ]);
    expect(withStep({ name: "take items" })).to.deep.equal([["sagas.selling.steps[0].name", "take items"]]);
  });

  it("refuses waits without end, empty commands, and what undoes nothing", () => {
    expect(withStep({ timeout: "25h" })).to.deep.equal([["sagas.selling.steps[0].timeout", "25h"]]);
    expect(withStep({ command: " " })).to.deep.equal([["sagas.selling.steps[0].command", " "]]);
    expect(withStep({ compensation: "" })).to.deep.equal([["sagas.selling.steps[0].compensation", ""]]);
    expect(withStep({ compensation: { unneeded: "" } })).to.deep.equal([
      ["sagas.selling.steps[0].compensation.unneeded", ""],
    ]);
    expect(withStep({ compensation: "take_items" })).to.deep.equal([
      ["sagas.selling.steps[0].compensation", "take_items"],
    ]);
  });
});
