import { expect } from "chai";
import { validateSystem } from "../../infra/model/validate";
import { figures } from "./figures";
import { creationSeconds } from "../../offline/aws/cards";
import { generatedSystem } from "./generated-system";
import { observed } from "./observed";
import { measure, median } from "./pairs";

describe("benchmarks", () => {
  it("take the middle one", () => {
    expect(median([3, 1, 10])).to.equal(3);
    expect(median([4, 1, 10, 2])).to.equal(3);
    expect(() => median([])).to.throw("no median");
  });

  it("run in turn, the base first, each made ready", async () => {
    const told: string[] = [];
    const way = (name: string) => ({
      name,
      prepare: () => Promise.resolve(void told.push(`ready ${name}`)),
      run: () => Promise.resolve(void told.push(name)),
    });
    const { pairs } = await measure({ what: "x", a: way("A"), b: way("B"), pairs: 2 }, () => undefined);
    expect(told).to.deep.equal(["ready B", "B", "ready A", "A", "ready B", "B", "ready A", "A"]);
    expect(pairs).to.have.length(2);
  });

  it("show the median ratio of the pairs, and a target that was missed", () => {
    const way = (name: string) => ({ name, run: () => Promise.resolve() });
    const benchmark = { what: "work", a: way("slow"), b: way("fast"), pairs: 3, target: 1.25 };
    const pairs = [
      { a: 100, b: 100 },
      { a: 300, b: 200 },
      { a: 800, b: 200 },
    ];
    expect(figures([{ benchmark, pairs }])[2]).to.equal(
      "work  slow (300 ms)  fast (200 ms)  3: 1.00 to 4.00  1.25, missed  1.50",
    );
    expect(figures([{ benchmark: { ...benchmark, target: 1.5 }, pairs }])[2]).to.contain("  1.5  ");
  });

  it("find the chain of an up that ended last, and what its creations took of it", () => {
    const made = (name: string, second: number, type: string, ...dependencies: string[]) => ({
      ...{ urn: `urn:pulumi:s::p::${type}::${name}`, type, custom: true, id: name },
      ...{ created: `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`, dependencies },
    });
    const key = made("key", 10, "aws:kms/key:Key");
    const cache = made("cache", 40, "aws:elasticache/replicationGroup:ReplicationGroup", key.urn);
    const queue = made("queue", 41, "aws:sqs/queue:Queue", key.urn, cache.urn);
    const other = made("other", 20, "aws:sqs/queue:Queue", key.urn);
    const { last, creating, else: rest } = observed([queue, other, cache, key], 1 / 20);
    const [ofKey = 0, ...after] = [key, cache, queue].map(({ type }) => creationSeconds(type, {}));
    const later = after.reduce((sum, seconds) => sum + seconds, 0);
    expect([last, creating]).to.deep.equal(["queue", ofKey + later]);
    // 31 seconds from the key's end to the queue's, a part of them for the cache and the queue.
    expect(rest).to.be.closeTo(31 - later / 20, 1e-9);
    expect(() => observed([], 1)).to.throw("recorded no time");
  });

  it("grow a system that has no problem at any size", () => {
    const sizes = [1, 2, 11, 20, 200];
    expect(sizes.map((size) => validateSystem(generatedSystem(size)))).to.deep.equal(sizes.map(() => []));
    expect(Object.keys(generatedSystem(200).services)).to.have.length(200);
  });
});
