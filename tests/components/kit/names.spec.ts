import { expect } from "chai";
import fc from "fast-check";
import {
  callPrefix,
  constantCase,
  LOG_RETENTION_DAYS,
  lowerCaseProblems,
  nameTooLong,
  retentionProblems,
  shortened,
  variableProblems,
} from "../../../components/kit";

describe("base: names", () => {
  it("leaves room for a role and Pulumi's suffix", () => {
    // 21 + "-tg" + 8 = 32.
    expect(nameTooLong("a".repeat(21), "tg", 32)).to.equal(undefined);
    expect(nameTooLong("a".repeat(22), "tg", 32)).to.deep.equal({
      path: "name",
      value: "a".repeat(22),
      allowed: 'at most 21 characters, so that "<name>-tg" and Pulumi\'s suffix fit in 32',
      remedy: "give the component a shorter name",
    });
  });

  it("shortens names to a limit so that they stay names, and stay apart", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
    const name = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join("-"));
    const limits = fc.integer({ min: 12, max: 40 });
    fc.assert(
      fc.property(name, name, name, limits, (start, one, other, limit) => {
        const [a, b] = [`${start}-${one}`, `${start}-${other}`].map((long) => shortened(long, limit));
        expect(a).to.have.length.of.at.most(limit);
        expect(lowerCaseProblems("name", a ?? "", "")).to.deep.equal([]);
        expect(a === b).to.equal(one === other);
        expect(shortened(start, start.length)).to.equal(start);
      }),
    );
  });

  it("takes lower-case letters, digits and single dashes, a letter first", () => {
    for (const name of ["a", "order", "order-2", "a1-b2-c3"]) {
      expect(lowerCaseProblems("name", name, "rename it"), name).to.deep.equal([]);
    }
    for (const name of ["", "Order", "1order", "-order", "order-", "or--der", "or_der", "or der", "örder"]) {
      expect(lowerCaseProblems("name", name, "rename it"), name).to.deep.equal([
        {
          path: "name",
          value: name,
          allowed: "lower-case letters, digits and single dashes, a letter first",
          remedy: "rename it",
        },
      ]);
    }
  });

  it("may hold a name to a number of characters", () => {
    expect(lowerCaseProblems("name", "abc", "rename it", 3)).to.deep.equal([]);
    expect(lowerCaseProblems("name", "abcd", "rename it", 3)[0]?.allowed).to.equal(
      "lower-case letters, digits and single dashes, a letter first, at most 3 characters",
    );
  });

  it("names what callers are told of a service, with no doubled word", () => {
    const names = ["order", "order-service", "service", "service-order", "microservice"];
    expect(names.map(callPrefix)).to.deep.equal([
      "ORDER_SERVICE_",
      "ORDER_SERVICE_",
      "SERVICE_SERVICE_",
      "SERVICE_ORDER_SERVICE_",
      "MICROSERVICE_SERVICE_",
    ]);
  });

  it("makes names of environment variables, and knows them", () => {
    expect(constantCase("order-processing-queue")).to.equal("ORDER_PROCESSING_QUEUE");
    for (const variable of ["IMAGES_BUCKET", "A1"]) expect(variableProblems("v", variable)).to.deep.equal([]);
    for (const variable of ["images", "1BUCKET", "IMAGES-BUCKET", "_A", ""]) {
      expect(variableProblems("v", variable), variable).to.deep.equal([
        {
          path: "v",
          value: variable,
          allowed: "capital letters, digits and underscores, a letter first",
          remedy: 'name it like "IMAGES_BUCKET"',
        },
      ]);
    }
  });
});

describe("base: log retention", () => {
  it("takes CloudWatch's values, and nothing at all", () => {
    expect(retentionProblems("days", undefined)).to.deep.equal([]);
    for (const days of LOG_RETENTION_DAYS) expect(retentionProblems("days", days), String(days)).to.deep.equal([]);
  });

  it("refuses what lies between", () => {
    for (const days of [0, 2, 31, 3654, -1, 1.5, NaN]) {
      expect(retentionProblems("days", days), String(days)).to.deep.equal([
        {
          path: "days",
          value: days,
          allowed: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
          remedy: "take the next larger value",
        },
      ]);
    }
  });
});
