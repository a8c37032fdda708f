// The values that an SDK's documentation allows. A false refusal is worse than a miss: only lists that are whole are used.

/** Bounds of a number, both allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const VAGUE = /such as|e\.g\.|for example|\bsee\b|refer to|\[[^\]]*\]\(|and (?:others|more)|\betc\b/i;
const LIST = /(?:valid|allowed) values(?: are|:| are:) ((?:`[^`\s]+`(?:, and |, or |, | and | or )?){2,})(?:\.|$)/gi;
const POSSIBLE = /Possible enum values:((?: - `"[^"`]+"`.*?)+)$/;
const BETWEEN = /must be between `?(\d+)`? and `?(\d+)`?(?: \(inclusive\))?(?:\.|$|,? inclusive)/gi;

/** The whole list of values that the documentation allows; undefined when it gives none, several or an open one. */
export function documentedValues(doc: string): readonly string[] | undefined {
  const possible = POSSIBLE.exec(doc)?.[1];
  if (possible !== undefined) return [...possible.matchAll(/ - `"([^"`]+)"`/g)].map((match) => match[1] ?? "");
  if (VAGUE.test(doc) || (doc.match(/(?:valid|allowed|possible|supported) values/gi) ?? []).length !== 1)
    return undefined;
  const list = [...doc.matchAll(LIST)][0]?.[1];
  if (list === undefined) return undefined;
  const values = [...list.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? "").replace(/^"(.*)"$/, "$1"));
  // `<name>`, `a-*` and `1-5` stand for more than they say; so does a value elsewhere in the text that the list lacks.
  if (values.some((value) => !/^[A-Za-z][\w.:/-]*$/.test(value))) return undefined;
  const fallback = /defaults? (?:to|is|value is):? `"?([^`"]*)"?`/i.exec(doc)?.[1];
  return fallback === undefined || values.includes(fallback) ? values : undefined;
}

/** The bounds that the documentation gives; undefined when it gives none or several. */
export function documentedRange(doc: string): Range | undefined {
  const found = [...doc.matchAll(BETWEEN)];
  const only = (doc.match(/\bbetween\b/gi) ?? []).length === 1 && !VAGUE.test(doc) ? found[0] : undefined;
  return only ? { min: Number(only[1]), max: Number(only[2]) } : undefined;
}
