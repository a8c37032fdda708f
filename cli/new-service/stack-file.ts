// A stack's file: which system it configures, and a line for one more image, put in where the document says.
import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";

/** The used parts of Pulumi.<stack>.yaml. */
export interface StackFile {
  readonly stack: string;
  readonly text: string;
  readonly system: unknown;
  /** Undefined when they are not written a line each. */
  readonly images: YAMLMap | undefined;
}

/** Reads a stack's file. */
export function readStackFile(stack: string, text: string): StackFile {
  const document = parseDocument(text);
  const images = document.getIn(["config", "archipelago:images"], true);
  return {
    stack,
    text,
    system: document.getIn(["config", "archipelago:system"]),
    images: isMap(images) && images.flow !== true && images.items.length > 0 ? images : undefined,
  };
}

/** The image that a service would have beside the others: the first one's registry and path, version 1.0.0. */
export function imageBeside(images: YAMLMap, service: string): string {
  const [first] = images.items;
  const reference = first && isScalar(first.value) ? String(first.value.value) : "";
  const path = reference.replace(/(?:@sha256:[0-9a-f]+)?$/, "").replace(/:[\w.-]+$/, "");
  return `${path.slice(0, path.lastIndexOf("/") + 1)}${service}:1.0.0`;
}

/** The file's text with an image as the last of its list; everything else keeps its place and its comments. */
export function withImage({ text, images }: StackFile & { readonly images: YAMLMap }, service: string): string {
  const last = images.items.at(-1);
  const [keyStart] = rangeOf(last, "key");
  const [, valueEnd] = rangeOf(last, "value");
  const lineStart = text.lastIndexOf("\n", keyStart) + 1;
  const lineEnd = text.indexOf("\n", valueEnd - 1);
  const end = lineEnd < 0 ? text.length : lineEnd;
  return `${text.slice(0, end)}\n${text.slice(lineStart, keyStart)}${service}: ${imageBeside(images, service)}${text.slice(end)}`;
}

function rangeOf(pair: Pair | undefined, side: "key" | "value"): readonly [start: number, end: number] {
  const node = pair?.[side];
  const range = isScalar(node) ? node.range : undefined;
  if (!range) throw new Error("the last image is not written as a name and a reference");
  return [range[0], range[1]];
}
