// What differs in a policy or a container, by its member.
import { expect } from "chai";
import { changesOf } from "../../cli/review/changes";
import { documentDifferences } from "../../cli/review/documents";

const statement = (Sid: string, Action: readonly string[]) => ({ Sid, Effect: "Allow", Action, Resource: "*" });
const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const container = (image: string, variables: Readonly<Record<string, string>>): string =>
  JSON.stringify([
    { name: "order", image, environment: Object.entries(variables).map(([name, value]) => ({ name, value })) },
  ]);

describe("review: documents", () => {
  it("finds the statements and actions that differ, wherever they stand", () => {
    const before = policy(statement("Read", ["s3:GetObject"]), statement("Logs", ["logs:PutLogEvents"]));
    const after = policy(
      statement("New", ["sqs:SendMessage"]),
      statement("Logs", ["logs:PutLogEvents"]),
      statement("Read", ["s3:GetObject", "s3:PutObject"]),
    );
    expect(documentDifferences(before, after)).to.deep.equal([
      { path: "Statement[Read].Action[]", before: undefined, after: "s3:PutObject" },
      { path: "Statement[New]", before: undefined, after: statement("New", ["sqs:SendMessage"]) },
    ]);
  });

  it("finds fields of statements without names", () => {
    const bare = (Resource: string) =>
      policy({ Effect: "Allow", Action: "sns:Publish", Resource }, { Effect: "Deny", Action: "*" });
    expect(documentDifferences(bare("a"), bare("b"))).to.deep.equal([
      { path: "Statement[0].Resource", before: "a", after: "b" },
    ]);
  });

  it("compares a container that got another name with the one that it was", () => {
    const named = (name: string, image: string): string =>
      JSON.stringify([{ name, image, environment: [{ name: "A", value: "1" }] }]);
    expect(documentDifferences(named("report", "r:1"), named("statistics", "r:2"))).to.deep.equal([
      { path: "[report -> statistics].name", before: "report", after: "statistics" },
      { path: "[report -> statistics].image", before: "r:1", after: "r:2" },
    ]);
  });

  it("finds the variables and the image of a container", () => {
    const found = documentDifferences(
      container("r/order:1", { A: "1", B: "2" }),
      container("r/order:2", { B: "3", C: "4" }),
    );
    expect(found).to.deep.equal([
      { path: "[order].image", before: "r/order:1", after: "r/order:2" },
      { path: "[order].environment[A]", before: { name: "A", value: "1" }, after: undefined },
      { path: "[order].environment[B].value", before: "2", after: "3" },
      { path: "[order].environment[C]", before: undefined, after: { name: "C", value: "4" } },
    ]);
  });

  it("finds the metrics of a dashboard that differ by its widgets' titles, and leaves out that others moved", () => {
    const widget = (title: string, y: number, stat: string) => ({
      type: "metric",
      ...{ x: 0, y, width: 12, height: 6 },
      properties: { title, metrics: [["AWS/SQS", "Age", "QueueName", "orders", { stat }]] },
    });
    const body = (...widgets: readonly object[]): string => JSON.stringify({ widgets });
    const text = { type: "text", x: 0, y: 0, width: 24, height: 1, properties: { markdown: "# Queues\nof order" } };
    const before = body(text, widget("Age", 1, "Average"), widget("Errors", 7, "Sum"));
    const added = widget("Size", 1, "Maximum");
    const after = body(text, added, widget("Age", 7, "Maximum"), widget("Errors", 13, "Sum"));
    expect(documentDifferences(before, after)).to.deep.equal([
      { path: "widgets[metric Age].properties.metrics[0][4].stat", before: "Average", after: "Maximum" },
      { path: "widgets[metric Size]", before: undefined, after: added },
    ]);
    const moved = body({ ...text, y: 3 }, widget("Age", 1, "Average"), widget("Errors", 7, "Sum"));
    expect(documentDifferences(before, moved)).to.deep.equal([
      { path: "widgets[text # Queues].y", before: 0, after: 3 },
    ]);
  });

  it("shows the beginning of a long member, and the size of a document that is known later", () => {
    const causesFor = (old: string, now: string) => {
      const metadata = {
        op: "update",
        urn: "urn:pulumi:prod::shop::aws:cloudwatch/dashboard:Dashboard::order",
        type: "aws:cloudwatch/dashboard:Dashboard",
        old: { inputs: { dashboardBody: old } },
        new: { inputs: { dashboardBody: now } },
        detailedDiff: { dashboardBody: { diffKind: "update" } },
      };
      const [change] = changesOf(JSON.stringify({ sequence: 1, resourcePreEvent: { metadata } }));
      return change?.causes.map(({ path, before, after }) => [path, before, after]);
    };
    const [one, other] = ["2000 ms", "3000 ms"].map(
      (limit) => `# order\n${"Takes orders. ".repeat(12)}Within ${limit}.`,
    );
    // Thirty letters before the first that differs.
    const endOf = (text = "") => `…${text.slice(text.indexOf("000 ms") - 1 - 30)}`;
    const textOf = (markdown = "") => JSON.stringify({ widgets: [{ type: "text", properties: { markdown } }] });
    expect(causesFor(textOf(one), textOf(other))).to.deep.equal([
      ["dashboardBody: widgets[text # order].properties.markdown", endOf(one), endOf(other)],
    ]);
    expect(causesFor(textOf("# a\nb"), textOf("# a\nc"))?.map(([, before]) => before)).to.deep.equal(["# a ⏎ b"]);
    const long = {
      type: "metric",
      properties: { title: "Many", metrics: Array.from({ length: 60 }, (_, at) => [`m${at}`]) },
    };
    const [empty, full] = [JSON.stringify({ widgets: [] }), JSON.stringify({ widgets: [long] })];
    const text = JSON.stringify(long);
    expect(causesFor(empty, full)).to.deep.equal([
      ["dashboardBody: widgets[metric Many]", "(not set)", `${text.slice(0, 120)}… (${text.length} characters)`],
    ]);
    expect(causesFor(full, "04da6b54-80e4-46f7-96ec-b56ff0331ba9")).to.deep.equal([
      ["dashboardBody", `(a document of ${full.length} characters)`, "(known after the update)"],
    ]);
  });

  it("leaves other texts, and documents that are not there yet, as they are", () => {
    expect(documentDifferences("a", "b")).to.equal(undefined);
    expect(documentDifferences(policy(), undefined)).to.equal(undefined);
    expect(documentDifferences("{broken", "{}")).to.equal(undefined);
    expect(documentDifferences('["a","b"]', '["b","a"]')).to.deep.equal([
      { path: "", before: "another order", after: "the same members" },
    ]);
  });

  it("is what a change shows, instead of the beginning of a long text", () => {
    const metadata = {
      op: "update",
      urn: "urn:pulumi:prod::shop::aws:iam/rolePolicy:RolePolicy::order",
      type: "aws:iam/rolePolicy:RolePolicy",
      old: { inputs: { policy: policy(statement("Read", ["s3:GetObject"])) } },
      new: { inputs: { policy: policy(statement("Read", ["s3:GetObject", "s3:PutObject"])) } },
      detailedDiff: { policy: { diffKind: "update" } },
    };
    const [change] = changesOf(JSON.stringify({ sequence: 1, resourcePreEvent: { metadata } }));
    expect(change?.causes).to.deep.equal([
      { path: "policy: Statement[Read].Action[]", replaces: false, before: "(not set)", after: "s3:PutObject" },
    ]);
  });
});
