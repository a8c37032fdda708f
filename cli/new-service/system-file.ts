// The file that describes a system, read as a syntax tree to find where something belongs; the text around it stays as it is.
import * as prettier from "prettier";
import ts from "typescript";
import type { Addition } from "./request";

/** The places of a system's file where names are declared. */
export interface Places {
  readonly source: ts.SourceFile;
  readonly services: ts.ObjectLiteralExpression;
  readonly contexts: ts.ObjectLiteralExpression;
  /** Routes of each entrance whose routes are written out in the file, by the entrance's name. */
  readonly entrances: Readonly<Record<string, ts.ObjectLiteralExpression>>;
}

/**
 * The places where a file declares services and contexts.
 *
 * @returns undefined when the file does not hold exactly one `defineSystem({ … })` with both written out in it
 */
export function placesIn(file: string, text: string): Places | undefined {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const [system, ...others] = calls(source, "defineSystem").map((call) => call.arguments[0]);
  if (system === undefined || others.length > 0 || !ts.isObjectLiteralExpression(system)) return undefined;
  const services = written(system, "services");
  const contexts = written(system, "contexts");
  return services && contexts && { source, services, contexts, entrances: routesIn(written(system, "entrances")) };
}

function routesIn(entrances: ts.ObjectLiteralExpression | undefined): Places["entrances"] {
  return Object.fromEntries(
    (entrances?.properties ?? []).flatMap((entrance) => {
      if (!ts.isPropertyAssignment(entrance) || !ts.isObjectLiteralExpression(entrance.initializer)) return [];
      const { name } = entrance;
      const routes = written(entrance.initializer, "routes");
      return routes && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [[name.text, routes]] : [];
    }),
  );
}

/** Whether a file looks as the formatter would leave it; one that does not would change all over. */
export async function isFormatted(file: string, text: string): Promise<boolean> {
  return prettier.check(text, await formatOf(file));
}

/** Text as the formatter leaves it. */
export async function formatted(file: string, text: string): Promise<string> {
  return prettier.format(text, await formatOf(file));
}

async function formatOf(file: string): Promise<prettier.Options> {
  return { ...(await prettier.resolveConfig(file)), parser: "typescript" };
}

/** A formatted file's text with the addition at the end of what it declares, in the file's own style. */
export function withAddition(places: Places, { name, service, context, entrance }: Addition): Promise<string> {
  const routes = entrance === undefined ? undefined : places.entrances[entrance];
  const insertions = [
    ...insertionsInto(places.source.text, places.services, name, service),
    ...(context ? insertionsInto(places.source.text, places.contexts, context.name, context.value) : []),
    ...(routes ? insertionsInto(places.source.text, routes, name, {}) : []),
  ].sort((a, b) => b.position - a.position);
  const inserted = insertions.reduce(
    (text, { position, added }) => text.slice(0, position) + added + text.slice(position),
    places.source.text,
  );
  return formatted(places.source.fileName, inserted);
}

function calls(source: ts.SourceFile, name: string): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name)
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The object that is written out as a property's value. */
function written(object: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralExpression | undefined {
  const property = object.properties.find((candidate) => candidate.name?.getText() === name);
  if (property === undefined || !ts.isPropertyAssignment(property)) return undefined;
  return ts.isObjectLiteralExpression(property.initializer) ? property.initializer : undefined;
}

/** What makes a property the last one of an object: a comma behind the one before, and itself behind that one's remark. */
function insertionsInto(
  text: string,
  { properties }: ts.ObjectLiteralExpression,
  name: string,
  value: object,
): { readonly position: number; readonly added: string }[] {
  const remarkEnd = ts.getTrailingCommentRanges(text, properties.end)?.at(-1)?.end ?? properties.end;
  const gap = blankLineBetween(text, properties) ? "\n\n" : "\n";
  const property = { position: remarkEnd, added: `${gap}${keyText(name)}: ${expandedText(value)},` };
  const needsComma = properties.length > 0 && !properties.hasTrailingComma;
  return needsComma ? [property, { position: properties.end, added: "," }] : [property];
}

/** Whether a blank line stands before the last of several properties. */
function blankLineBetween(text: string, properties: ts.NodeArray<ts.ObjectLiteralElementLike>): boolean {
  const last = properties.at(-1);
  return properties.length > 1 && last !== undefined && /\n[ \t]*\r?\n/.test(text.slice(last.pos, last.getStart()));
}

/** An object with each of its properties on a line, which the formatter then keeps. */
function expandedText(value: object): string {
  if (Object.keys(value).length === 0) return "{}";
  return `{\n${fieldTexts(value).join(",\n")},\n}`;
}

/** Data as the source text of an object literal. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${fieldTexts(value).join(", ")} }`;
}

function fieldTexts(value: object): string[] {
  return Object.entries(value).map(([key, field]) => `${keyText(key)}: ${valueText(field)}`);
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
