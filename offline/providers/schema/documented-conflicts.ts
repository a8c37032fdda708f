// Which properties the SDK's documentation says go together or do not. A false refusal is worse than a miss: only sentences that
// say it without a condition, of properties that stand side by side.
import type { Limits } from "./shape";

const NAMES = String.raw`((?:\`\w+\`(?:,? and |,? or |, )?)+)`;
/** After it, a sentence goes on only with what is no condition. */
const END = String.raw`(?= ?(?:[.;]|$|\*))`;
const KIND = String.raw`(?: (?:attributes?|arguments?|properties|property|blocks?))?`;
const GIVEN = String.raw`(?: (?:must|needs? to) be (?:set|specified|provided|configured|given|populated)| (?:is|are) required)`;

const CONFLICTS = sentence(String.raw`(?:Conflicts|Mutually exclusive) with (?:the )?${NAMES}${KIND}${END}`);
const EXACTLY_ONE = sentence(String.raw`Exactly one of (?:either )?${NAMES}${KIND}${GIVEN}${END}`);
const AT_LEAST_ONE = sentence(String.raw`(?:At least one|One) of ${NAMES}${KIND}${GIVEN}${END}`);
const NEEDS = sentence(String.raw`(?:If set, r|R)equires ${NAMES}${KIND} to (?:also )?be set${END}`);

/** At the start of the text or of a sentence, behind marks such as `**NOTE:**`. */
function sentence(source: string): RegExp {
  return new RegExp(String.raw`(?:^|[.:*_)] +|\()${source}`, "g");
}

/**
 * What the documentation of a property says of the properties beside it; undefined when that is nothing.
 * @param beside every property of the object
 */
export function documentedConflicts(name: string, doc: string, beside: ReadonlySet<string>): Limits | undefined {
  const listed = (pattern: RegExp): readonly string[] => {
    const [list, ...more] = [...doc.matchAll(pattern)].map(([, names = ""]) => names.match(/(?<=`)\w+(?=`)/g) ?? []);
    return list !== undefined && more.length === 0 && list.every((each) => beside.has(each)) ? list : [];
  };
  const others = (pattern: RegExp): readonly string[] => listed(pattern).filter((each) => each !== name);
  const [conflicts, needs] = [others(CONFLICTS), others(NEEDS)];
  const [oneOf, someOf] = [listed(EXACTLY_ONE), listed(AT_LEAST_ONE)];
  const limits: Limits = {
    ...(conflicts.length > 0 && { conflicts }),
    ...(oneOf.length > 1 && { oneOf }),
    ...(someOf.length > 1 && { someOf }),
    ...(needs.length > 0 && { needs }),
  };
  return Object.keys(limits).length > 0 ? limits : undefined;
}
