// The SDK's own examples: what their authors wrote for each resource, as far as it is literal. All else is unknown.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import { UNKNOWN, type Value, type Values } from "../../../offline/providers/core/values";

/** A resource of an example. */
export interface Example {
  /** The class as the example names it, without the package: `sqs.Queue`. */
  readonly type: string;
  readonly inputs: Values;
}

/** Every resource of every TypeScript example in the documentation of a package. */
export function examplesOf(name: string): readonly Example[] {
  const folder = dirname(createRequire(__filename).resolve(`@pulumi/${name}/package.json`));
  return [...declarations(folder)].flatMap((file) => {
    const source = readFileSync(file, "utf8");
    const blocks = [...source.matchAll(/^ *\* ```typescript\n([\s\S]*?)^ *\* ```/gm)];
    return blocks.flatMap(([, block = ""]) =>
      resourcesIn(block.replace(/^ *\* ?/gm, "").replace(/\*&#47;/g, "*/"), name),
    );
  });
}

function* declarations(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== "types")
      yield* declarations(join(folder, entry.name));
    else if (entry.name.endsWith(".d.ts")) yield join(folder, entry.name);
  }
}

function resourcesIn(code: string, name: string): readonly Example[] {
  const found: Example[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) {
      const type = node.expression.getText();
      const inputs = node.arguments?.[1];
      if (type.startsWith(`${name}.`) && inputs && ts.isObjectLiteralExpression(inputs))
        found.push({ type: type.slice(name.length + 1), inputs: objectOf(inputs) });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true));
  return found;
}

function objectOf(node: ts.ObjectLiteralExpression): Values {
  return Object.fromEntries(
    node.properties.flatMap((property) => {
      if (!ts.isPropertyAssignment(property)) return [];
      const { name } = property;
      return [
        [ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : name.getText(), valueOf(property.initializer)],
      ];
    }),
  );
}

function valueOf(node: ts.Expression): Value {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    return -Number(node.operand.getText());
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (ts.isObjectLiteralExpression(node)) return objectOf(node);
  return UNKNOWN;
}
