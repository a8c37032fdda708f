import { expect } from "chai";
import { refers } from "../../policy/rules/relations";
import type { Stack, StackResource } from "../../policy/rules/rule";
import { type Properties, UNKNOWN } from "../../policy/rules/value";

function make(type: string, name: string, props: Properties, extra: Partial<StackResource> = {}): StackResource {
  return { type, name, urn: name, props, given: props, dependencies: [], propertyDependencies: {}, ...extra };
}

function stackOf(...resources: readonly StackResource[]): Stack {
  return { resources, ofType: (...types) => resources.filter(({ type }) => types.includes(type)) };
}

describe("relations between resources", () => {
  const bucket = (props: Properties, name = "bucket", extra: Partial<StackResource> = {}) =>
    make("Bucket", name, props, extra);
  const policy = (value: Properties["bucket"], ...from: readonly string[]) =>
    make("Policy", "policy", { bucket: value }, from.length > 0 ? { propertyDependencies: { bucket: from } } : {});

  it("hold for certain when an identifier is the same", () => {
    const to = bucket({ id: "b-1", arn: "arn:b-1" });
    expect(refers(stackOf(to), policy("b-1"), "bucket", to)).to.equal("yes");
    expect(refers(stackOf(to), policy("arn:b-1"), "bucket", to)).to.equal("yes");
    expect(refers(stackOf(to), policy(["x", "b-1"]), "bucket", to)).to.equal("yes");
    expect(refers(stackOf(to), policy("b-2"), "bucket", to)).to.equal("no");
    expect(refers(stackOf(to), policy("b-2", "bucket"), "bucket", to)).to.equal("no");
    expect(refers(stackOf(to), policy(undefined), "bucket", to)).to.equal("no");
  });

  it("hold by what supplied an unknown value", () => {
    const to = bucket({ id: UNKNOWN });
    const other = bucket({ id: UNKNOWN }, "other");
    expect(refers(stackOf(to, other), policy(UNKNOWN, "bucket"), "bucket", to)).to.equal("yes");
    expect(refers(stackOf(to, other), policy(UNKNOWN, "other"), "bucket", to)).to.equal("no");
    expect(refers(stackOf(to, other), policy(UNKNOWN, "bucket", "other"), "bucket", to)).to.equal("maybe");
    expect(refers(stackOf(to, other), policy(UNKNOWN), "bucket", to)).to.equal("maybe");
    expect(refers(stackOf(to, other), policy("b-2"), "bucket", to)).to.equal("no");
  });

  it("hold by what supplied a value that the resource does not show", () => {
    const to = bucket({ arn: "arn:b-1" });
    expect(refers(stackOf(to), policy("b-1", "bucket"), "bucket", to)).to.equal("yes");
    expect(refers(stackOf(to), policy("b-1"), "bucket", to)).to.equal("no");
    expect(refers(stackOf(to), policy("arn:b-2", "bucket"), "bucket", to)).to.equal("no");
  });

  it("may hold through the component that a provider built", () => {
    const component = make("Component", "component", {});
    const to = bucket({ id: UNKNOWN }, "bucket", { parent: "component" });
    expect(refers(stackOf(component, to), policy(UNKNOWN, "component"), "bucket", to)).to.equal("maybe");
  });
});
