// The values that an SDK's documentation allows. A false refusal is worse than a miss: only lists that are whole are used.

const VAGUE =
  /case[- ]insensitive|only valid value|- \(required\)|\bif\b[^.]*valid values|such as|e\.g\.|for example|\bsee\b|refer to|\[[^\]]*\]\(|and (?:others|more)|\betc\b/i;
const LEAD = /(?:valid|allowed) values(?: are|:| are:)/gi;
const LIST =
  /(?:valid|allowed) values(?: are|:| are:) ((?:`[^`\s]+`(?: \(default\))?(?:, and |, or |, | and | or )?){2,})(?:\.|$)/gi;
const POSSIBLE = /Possible enum values:((?: - `"[^"`]+"`.*?)+)$/;

/** The whole list of values that the documentation allows; undefined when it gives none, several or an open one. */
export function documentedValues(doc: string): readonly string[] | undefined {
  const possible = POSSIBLE.exec(doc)?.[1];
  if (possible !== undefined) return [...possible.matchAll(/ - `"([^"`]+)"`/g)].map((match) => match[1] ?? "");
  if (VAGUE.test(doc) || (doc.match(LEAD) ?? []).length !== 1 || /(?:possible|supported) values/i.test(doc))
    return undefined;
  const list = [...doc.matchAll(LIST)][0]?.[1];
  if (list === undefined) return undefined;
  const values = [...list.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? "").replace(/^"(.*)"$/, "$1"));
  // `<name>`, `a-*` and `1-5` stand for more than they say; so does a value elsewhere in the text that the list lacks.
  if (values.some((value) => !/^[A-Za-z][\w.:/-]*$/.test(value))) return undefined;
  const fallback = /defaults? (?:to|is|value is):? `"?([^`"]*)"?`/i.exec(doc)?.[1];
  return fallback === undefined || values.includes(fallback) ? values : undefined;
}

const WORD = String.raw`(?:"[A-Za-z][\w,/-]*"|[A-Z][A-Za-z0-9]*[A-Za-z0-9])`;
/** "Must be UDP, TCP, or SCTP." "Valid operators are In, NotIn, Exists and DoesNotExist." "One of Always, Never, IfNotPresent." */
const KUBERNETES_LIST = new RegExp(
  String.raw`(?:(?:[Vv]alid|[Aa]llowed) (?:values|options|operators) are|(?:^|[.] )One of|It (?:should|will) be one of|(?:^|[.] )(?:Can be|Must be|Supports))` +
    String.raw` (${WORD}(?:(?:,? and |,? or |, )${WORD})+)(?=[.;]|, each |$)`,
  "g",
);

/** The whole list of values that Kubernetes' documentation allows, which writes lists without code marks. */
export function kubernetesValues(doc: string): readonly string[] | undefined {
  const lists = [...doc.matchAll(KUBERNETES_LIST)].map(([, list = ""]) =>
    [...list.matchAll(new RegExp(WORD, "g"))]
      .map(([word]) => word.replace(/"/g, ""))
      .filter((word) => !word.includes(",")),
  );
  const [only] = lists;
  if (only === undefined || lists.length > 1 || /such as|e\.g\.|for example|and (?:others|more)|\betc\b/i.test(doc))
    return undefined;
  const fallback = /[Dd]efaults? (?:to|is) "?([A-Z]\w+)"?/.exec(doc)?.[1];
  return fallback === undefined || only.includes(fallback) ? only : undefined;
}

const NUMBER = String.raw`\`?(-?\d[\d,]*)\`?(?: (?:bytes?|seconds?|minutes?|hours?|days?|MB|MiB|GB|GiB))?(?: \([^)]*\))?`;
const BETWEEN = new RegExp(
  String.raw`(?:must be|integer|integer representing seconds,|valid (?:values|range)(?: is| are|:)?|the range)(?: a value| a number|,)?` +
    String.raw` (?:between|from)(?: and including)? ${NUMBER},? (?:and|to|up to|through) ${NUMBER}(?: \(inclusive\)|,? inclusive)?(?:\.|$)`,
  "gi",
);
const IN_RANGE = /(?:must be )?in the range (\d+) to (\d+)(?:\.|,? inclusive|$)/gi;

/** The bounds that the documentation gives; undefined when it gives none or several, or names a number outside of them. */
export function documentedRange(doc: string): { readonly min: number; readonly max: number } | undefined {
  const found = [...doc.matchAll(BETWEEN), ...doc.matchAll(IN_RANGE)];
  const only =
    (doc.match(/\bbetween\b|\bfrom\b|\bin the range\b/gi) ?? []).length === 1 && !VAGUE.test(doc)
      ? found[0]
      : undefined;
  if (only === undefined) return undefined;
  const [min, max] = [only[1], only[2]].map((text) => Number((text ?? "").replace(/,/g, ""))) as [number, number];
  return max > min && namedNumbers(doc).every((number) => number >= min && number <= max) ? { min, max } : undefined;
}

/** Numbers that a text names as values of their own. */
export function namedNumbers(doc: string): readonly number[] {
  const marked = [...doc.matchAll(/`(-?\d+(?:\.\d+)?)`|defaults? (?:to|is|of|value is) (-?\d+)/gi)];
  return marked.map(([, quoted, fallback]) => Number(quoted ?? fallback));
}
