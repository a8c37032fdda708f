// The table of a target: what it builds is built, what it does not build is refused at once, before anything is created.
import { expect } from "chai";
import { InvalidInput } from "../../../components/kit";
import type { Thing } from "../../../infra/model/edges";
import { type Bindings, type Bound, binderOf, refused } from "../../../infra/targets/target";

interface Board extends Thing {
  readonly kind: "board";
}
interface Clock extends Thing {
  readonly kind: "clock";
}

const board: Board = { kind: "board", name: "plans", owner: "order" };
const clock: Clock = { kind: "clock", name: "noon" };
const made: string[] = [];
const bindings: Bindings<string, Board | Clock> = {
  board(node, foundation): Bound {
    made.push(`${node.name} on ${foundation}`);
    return { grant: (edge) => (edge.verb === "reads" ? { environment: { BOARD: node.name } } : refused(edge, node)) };
  },
  clock: { reason: "it has no timers", instead: "let a queue delay the message" },
};

describe("the table of a target", () => {
  beforeEach(() => made.splice(0));

  it("makes a component of each node, which grants what its verbs allow", () => {
    const [[node, bound] = []] = binderOf("Toys", [board], bindings)("the floor");
    expect(made).to.deep.equal(["plans on the floor"]);
    expect(node).to.equal(board);
    const edge = { name: "board", from: "order", to: board, policy: {} } as const;
    expect(bound?.grant({ ...edge, verb: "reads" })).to.deep.equal({ environment: { BOARD: "plans" } });
    expect(() => bound?.grant({ ...edge, verb: "writes" })).to.throw(
      "order writes plans, and a board has no such grant",
    );
  });

  it("refuses every node that it has no component for, with the reason, before it makes any", () => {
    const nodes = [board, clock, { ...clock, name: "midnight", owner: "order" }];
    let problems: unknown;
    try {
      binderOf("Toys", nodes, bindings);
    } catch (error) {
      problems = error instanceof InvalidInput ? error.problems : error;
    }
    const refusal = {
      allowed: "nothing: a clock can't be built on Toys: it has no timers",
      remedy: "let a queue delay the message",
    };
    expect(problems).to.deep.equal([
      { path: "clock.noon", value: "noon", ...refusal },
      { path: "services.order.clock.midnight", value: "midnight", ...refusal },
    ]);
    expect(made).to.deep.equal([]);
  });
});
