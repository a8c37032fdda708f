// WAF must see a route as the load balancer sees it: statements are held against patterns, matched here character by character.
import { expect } from "chai";
import fc from "fast-check";
import { pathStatement, type ScopeDown } from "../../../../components/aws/gateway/paths";

describe("paths in WAF's words", () => {
  it("hold for exactly the paths that the patterns fit", () => {
    const pattern = fc.stringMatching(/^\/[/ab.*?+$(]{0,8}$/);
    const path = fc.stringMatching(/^\/[/ab.+$(]{0,10}$/);
    let held = 0;
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 5 }), path, (patterns, asked) => {
        const expected = patterns.some((each) => fits(each, asked));
        if (expected) held += 1;
        expect(holds(pathStatement(patterns), asked), `${patterns.join(" ")} on ${asked}`).to.equal(expected);
      }),
      { numRuns: 3000 },
    );
    // Random paths must not all be strangers to the patterns.
    expect(held).to.be.greaterThan(100);
  });

  it("need no regular expression where a beginning says it", () => {
    expect(Object.keys(pathStatement(["/api/*"]))).to.deep.equal(["byteMatchStatement"]);
    expect(Object.keys(pathStatement(["/api"]))).to.deep.equal(["byteMatchStatement"]);
    expect(Object.keys(pathStatement(["/a?i/*"]))).to.deep.equal(["regexMatchStatement"]);
    expect(Object.keys(pathStatement(["/api", "/api/*"]))).to.deep.equal(["orStatement"]);
  });
});

/** Whether a load balancer's pattern fits a path. */
function fits(pattern: string, path: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path === "";
  if (first === "*") return fits(rest.join(""), path) || (path !== "" && fits(pattern, path.slice(1)));
  return path !== "" && (first === "?" || first === path[0]) && fits(rest.join(""), path.slice(1));
}

/** What WAF would make of a statement. */
function holds(statement: ScopeDown, path: string): boolean {
  const plain = JSON.parse(JSON.stringify(statement)) as Plain;
  return judged(plain, path);
}

interface Plain {
  readonly orStatement?: { readonly statements: readonly Plain[] };
  readonly regexMatchStatement?: { readonly regexString: string };
  readonly byteMatchStatement?: { readonly positionalConstraint: string; readonly searchString: string };
}

function judged({ orStatement, regexMatchStatement, byteMatchStatement }: Plain, path: string): boolean {
  if (orStatement) return orStatement.statements.some((each) => judged(each, path));
  if (regexMatchStatement) return new RegExp(regexMatchStatement.regexString).test(path);
  if (byteMatchStatement?.positionalConstraint === "EXACTLY") return path === byteMatchStatement.searchString;
  return byteMatchStatement !== undefined && path.startsWith(byteMatchStatement.searchString);
}
