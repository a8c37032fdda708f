import { expect } from "chai";
import { type Deployment, type Resource, type VersionedDeployment } from "../../../offline/state/deployment";
import { type Entry, Kind, Replay } from "../../../offline/state/replay";

const urn = (name: string, types = "t:m:Queue"): string => `urn:pulumi:local::shop::${types}::${name}`;
const resource = (name: string, more: Partial<Resource> = {}): Resource => ({
  urn: urn(name),
  type: "t:m:Queue",
  ...more,
});
const creating = (name: string) => ({ type: "creating", resource: resource(name) });

/** Replays entries, numbered in their order, on a base. */
function replay(base: Deployment, entries: readonly Partial<Entry>[]): VersionedDeployment {
  const all = new Replay(base, "v3.259.0");
  entries.forEach((entry, place) => {
    all.add({ kind: Kind.success, operationID: 0, sequenceID: place + 1, ...entry });
  });
  return all.deployment();
}

const after = (base: Deployment, ...entries: readonly Partial<Entry>[]) => replay(base, entries).deployment.resources;

describe("the replay of a journal", () => {
  const two: Deployment = { resources: [resource("a"), resource("b")] };

  it("puts what the run registered before what only the base has", () => {
    const made = after(
      two,
      { operationID: 1, state: resource("b"), removeOld: 1 },
      { operationID: 2, state: resource("new") },
    );
    expect(made?.map((each) => each.urn)).to.deep.equal([urn("b"), urn("new"), urn("a")]);
  });

  it("removes, marks and replaces by the place in the base, and by the operation that made it", () => {
    expect(after(two, { removeOld: 0 })).to.deep.equal([resource("b")]);
    expect(after(two, { deleteOld: 0, pendingReplacementOld: 1 })).to.deep.equal([
      resource("a", { delete: true }),
      resource("b", { pendingReplacement: true }),
    ]);
    expect(after(two, { kind: Kind.outputs, removeOld: 0, state: resource("a", { taint: true }) })).to.deep.equal([
      resource("a", { taint: true }),
      resource("b"),
    ]);
    const made = [7, 8, 9].map((operationID) => ({ operationID, state: resource(String(operationID)) }));
    expect(
      after(
        {},
        ...made,
        { removeNew: 7 },
        { deleteNew: 8 },
        { pendingReplacementNew: 9 },
        { kind: Kind.outputs, removeNew: 8, state: resource("8", { delete: true, viewOf: urn("x") }) },
      ),
    ).to.deep.equal([resource("8", { delete: true, viewOf: urn("x") }), resource("9", { pendingReplacement: true })]);
  });

  it("keeps an operation that has begun and not ended, and a creation of an earlier run", () => {
    const operations = (base: Deployment, ...entries: readonly Partial<Entry>[]) =>
      replay(base, entries).deployment.pending_operations;
    const begun = { kind: Kind.begin, operationID: 3, operation: creating("c") };
    expect(operations({}, begun)).to.deep.equal([creating("c")]);
    expect(operations({}, begun, { operationID: 3, state: resource("c") })).to.equal(undefined);
    expect(operations({}, begun, { kind: Kind.failure, operationID: 3 })).to.equal(undefined);
    const earlier = { pending_operations: [creating("old"), { type: "deleting", resource: resource("gone") }] };
    expect(operations(earlier)).to.deep.equal([creating("old")]);
  });

  it("counts a batch once that was sent again because its answer was lost", () => {
    const all = new Replay({}, "v3.259.0");
    const entry: Entry = { kind: Kind.success, sequenceID: 1, operationID: 1, state: resource("a") };
    all.add(entry);
    all.add(entry);
    expect(all.deployment().deployment.resources).to.deep.equal([resource("a")]);
  });

  it("drops references to what a refresh found gone", () => {
    const base: Deployment = {
      resources: [
        resource("top"),
        resource("gone", { parent: urn("top") }),
        resource("child", {
          parent: urn("gone"),
          dependencies: [urn("gone"), urn("top")],
          propertyDependencies: { arn: [urn("gone")], id: [urn("top"), urn("gone")] },
          deletedWith: urn("gone"),
        }),
      ],
    };
    expect(after(base, { kind: Kind.refreshSuccess, removeOld: 1 })).to.deep.equal([
      resource("top"),
      resource("child", { dependencies: [urn("top")], propertyDependencies: { id: [urn("top")] } }),
    ]);
  });

  it("numbers places anew after the base was rebuilt", () => {
    const refreshed = { kind: Kind.refreshSuccess, removeOld: 0 };
    expect(after(two, refreshed, { kind: Kind.rebuiltBaseState }, { removeOld: 0 })).to.equal(undefined);
  });

  it("writes the present URN wherever an alias stands: in parents, children's types, providers and dependencies", () => {
    const component = "t:m:Part";
    const old = urn("old", component);
    const child = urn("child", `${component}$t:m:Queue`);
    const moved = `urn:pulumi:local::shop::t:m:Whole$${component}::new`;
    const made = after(
      {
        resources: [
          { urn: child, type: "t:m:Queue", parent: old, provider: `${old}::id`, dependencies: [old], deletedWith: old },
        ],
      },
      { operationID: 1, state: { urn: moved, type: component, aliases: [old] } },
    );
    expect(made).to.deep.equal([
      { urn: moved, type: component },
      {
        urn: urn("child", `t:m:Whole$${component}$t:m:Queue`),
        type: "t:m:Queue",
        parent: moved,
        provider: `${moved}::id`,
        dependencies: [moved],
        deletedWith: moved,
      },
    ]);
  });

  it("takes a whole snapshot, a secrets provider and snippets, and passes on what it has no name for", () => {
    const snapshot = { resources: [{ ...resource("a"), inputs: { delay: 3 } } as Resource], metadata: { kept: true } };
    const { deployment } = replay({}, [
      { kind: Kind.write, newSnapshot: snapshot },
      { kind: Kind.secretsManager, secretsProvider: { type: "passphrase" } },
    ]);
    expect(deployment.resources).to.deep.equal(snapshot.resources);
    expect(deployment.metadata).to.deep.equal({ kept: true });
    expect(deployment.secrets_providers).to.deep.equal({ type: "passphrase" });
    expect(deployment.manifest).to.include({
      version: "v3.259.0",
      magic: "ab35920a3077459b09dd1a3f7ddc28df4e3efc81b3240013bb6906688abc684d",
    });
  });

  it("names the features that a reader needs, in schema version 4", () => {
    const { version, features } = replay({}, [
      { operationID: 1, state: resource("a", { taint: true, replaceWith: [urn("b")], viewOf: urn("c") }) },
      { operationID: 2, state: resource("b", { resourceHooks: { beforeCreate: ["x"] } }), requiresByteString: true },
    ]);
    expect({ version, features }).to.deep.equal({
      version: 4,
      features: ["byteString", "hooks", "replaceWith", "taint", "views"],
    });
    expect(replay(two, []).version).to.equal(3);
  });

  it("refuses a kind of entry that it does not have", () => {
    expect(() => replay({}, [{ kind: 10 }])).to.throw("of kind 10");
  });
});
