// The table of a target: what it builds is built, what it does not build is refused at once, before anything is created.
import { expect } from "chai";
import type { Thing } from "../../../infra/model/edges";
import { bind, type Bindings, type Bound, type Kinds, refused, unboundProblems } from "../../../infra/targets/target";

interface Board extends Thing {
  readonly kind: "board";
}
interface Clock extends Thing {
  readonly kind: "clock";
}

const board: Board = { kind: "board", name: "plans", owner: "order" };
const clock: Clock = { kind: "clock", name: "noon" };
const made: string[] = [];
const kinds = {
  service: "a toy",
  board: "a slate",
  clock: { reason: "it has no timers", instead: "let a queue delay the message" },
} as const satisfies Kinds<Board | Clock>;
const bindings: Bindings<string, typeof kinds, Board | Clock> = {
  board(node, foundation): Bound {
    made.push(`${node.name} on ${foundation}`);
    return { grant: (edge) => (edge.verb === "reads" ? { environment: { BOARD: node.name } } : refused(edge, node)) };
  },
};
const toys = { title: "Toys", kinds };

describe("the table of a target", () => {
  beforeEach(() => made.splice(0));

  it("makes a component of each node, which grants what its verbs allow", () => {
    expect(unboundProblems(toys, [{ ...board, path: "services.order.owns.boards.plans" }])).to.deep.equal([]);
    const [[node, bound] = []] = bind([board], "the floor", bindings);
    expect(made).to.deep.equal(["plans on the floor"]);
    expect(node).to.equal(board);
    const edge = { name: "board", from: "order", to: board, policy: {} } as const;
    expect(bound?.grant({ ...edge, verb: "reads" })).to.deep.equal({ environment: { BOARD: "plans" } });
    expect(() => bound?.grant({ ...edge, verb: "writes" })).to.throw(
      "order writes plans, and a board has no such grant",
    );
  });

  it("refuses every node of a kind that it does not build, with the reason", () => {
    const things = [
      { ...board, path: "services.order.owns.boards.plans" },
      { ...clock, path: "clocks.noon" },
      { ...clock, name: "midnight", owner: "order", path: "services.order.clocks.midnight" },
    ];
    const refusal = {
      allowed: "nothing: Toys has no clock: it has no timers",
      remedy: "let a queue delay the message",
    };
    expect(unboundProblems(toys, things)).to.deep.equal([
      { path: "clocks.noon", value: "noon", ...refusal },
      { path: "services.order.clocks.midnight", value: "midnight", ...refusal },
    ]);
    expect(() => bind([clock], "the floor", bindings)).to.throw("no binding for clock noon");
  });
});
