import { expect } from "chai";
import fc from "fast-check";
import { allows, type End, type Policy } from "./network-policies";

const value = fc.constantFrom("a", "b");
const labels = fc.record({ app: value, tier: value });
const selector = fc.record({ matchLabels: fc.record({ app: value, tier: value }, { requiredKeys: [] }) });
const namespace = fc.constantFrom("one", "two");
const port = fc.constantFrom(80, 443);
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({
    podSelector: selector,
    namespaceSelector: fc.record({ matchLabels: fc.record({ "kubernetes.io/metadata.name": namespace }) }),
  }),
);
const ports = fc.array(fc.record({ port, protocol: fc.constant("TCP") }), { minLength: 1, maxLength: 2 });
const policy: fc.Arbitrary<Policy> = fc.record({
  namespace,
  spec: fc.record({
    podSelector: selector,
    policyTypes: fc.constantFrom(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingress: fc.array(fc.record({ from: fc.array(peer, { minLength: 1, maxLength: 2 }), ports }), { maxLength: 2 }),
    egress: fc.array(fc.record({ to: fc.array(peer, { minLength: 1, maxLength: 2 }), ports }), { maxLength: 2 }),
  }),
});
const pod: fc.Arbitrary<End> = fc.record({ namespace, labels });
const policies = fc.array(policy, { maxLength: 4 });

const denyAll = (space: string): Policy => ({
  namespace: space,
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});

describe("the evaluator of NetworkPolicies", () => {
  it("allows everything where no policy is, and nothing behind one that denies all", () => {
    fc.assert(
      fc.property(pod, pod, port, (from, to, at) => {
        expect(allows([], from, to, at)).to.equal(true);
        expect(allows([denyAll("one"), denyAll("two")], from, to, at)).to.equal(false);
      }),
    );
  });

  it("gives the same answer in any order, and never less when a closed pod gets another policy", () => {
    fc.assert(
      fc.property(policies, policy, pod, pod, port, (all, more, from, to, at) => {
        const closed = [denyAll("one"), denyAll("two"), ...all];
        const before = allows(closed, from, to, at);
        expect(allows([...closed].reverse(), from, to, at)).to.equal(before);
        if (before) expect(allows([...closed, more], from, to, at)).to.equal(true);
      }),
    );
  });

  it("allows a connection exactly when both sides do", () => {
    fc.assert(
      fc.property(policies, pod, pod, port, (all, from, to, at) => {
        const one = (type: "Ingress" | "Egress"): readonly Policy[] =>
          all
            .filter(({ spec }) => spec.policyTypes.includes(type))
            .map((each) => ({ ...each, spec: { ...each.spec, policyTypes: [type] } }));
        const sides = allows(one("Egress"), from, to, at) && allows(one("Ingress"), from, to, at);
        expect(allows(all, from, to, at)).to.equal(sides);
      }),
    );
  });

  it("takes both selectors of a peer together, peers for alternatives, and addresses by their block", () => {
    const api: End = { namespace: "one", labels: { app: "a" } };
    const open = (to: object[]): readonly Policy[] => [
      denyAll("one"),
      {
        namespace: "one",
        spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to, ports: [{ port: 443, protocol: "TCP" }] }] },
      },
    ];
    const elsewhere = { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "two" } } };
    const both = open([{ ...elsewhere, podSelector: { matchLabels: { app: "b" } } }]);
    const answers = (all: readonly Policy[], ends: readonly End[]): boolean[] =>
      ends.map((end) => allows(all, api, end, 443));
    const ends: End[] = [
      { namespace: "two", labels: { app: "b" } },
      { namespace: "two", labels: { app: "a" } },
      { namespace: "three", labels: { app: "b" } },
      { address: "93.184.216.34" },
      { address: "10.1.2.3" },
    ];
    expect(answers(both, ends)).to.deep.equal([true, false, false, false, false]);
    expect(answers(open([elsewhere, { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }]), ends)).to.deep.equal([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect(allows(open([elsewhere]), api, { namespace: "two", labels: {} }, 80)).to.equal(false);
    expect(allows(open([elsewhere]), api, { namespace: "two", labels: {} }, 443, "UDP")).to.equal(false);
  });
});
