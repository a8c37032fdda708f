// Rules that ask one thing of one property. Each is data: where the property stands in each type, and what it must be.
import type { Condition, Where } from "./conditions";
import type { Resource, ResourceRule, RuleInfo } from "./rule";
import { each, type Located, type Properties, UNKNOWN } from "./value";

/** A rule on one property. */
export interface PropertyRuleArgs extends RuleInfo {
  /**
   * Where the property stands, by type token. A path with `[*]` means each member of a list; of several paths in a list, each
   * must be right; of paths with ` | ` between them, one is enough.
   */
  readonly property: Readonly<Record<string, string | readonly string[]>>;
  readonly must: Condition;
  /** Which resources it judges. @default all of the types */
  readonly where?: Where;
  /**
   * The value that mends a violation, where it replaces nothing, costs nothing and takes no decision. It is set only where a
   * configuration of the pack gives the rule the level `remediate`; the property stands at the top of the resource. @default the rule mends nothing
   */
  readonly remedy?: string | number | boolean;
}

/** A rule that says more about itself than others need: the property that it judges. */
export interface PropertyRule extends ResourceRule {
  readonly property: PropertyRuleArgs["property"];
}

export function propertyRule({ property, must, where, remedy, ...info }: PropertyRuleArgs): PropertyRule {
  const rule: PropertyRule = {
    ...info,
    property,
    appliesTo: Object.keys(property),
    check(resource, report) {
      if (where && !where(resource.props, resource.type)) return;
      for (const path of [property[resource.type] ?? []].flat()) {
        const wrong = wrongAt(resource, path, must);
        if (wrong)
          for (const { path: place, value } of wrong) report({ path: place, found: value, required: must.words });
      }
    },
  };
  if (remedy === undefined) return rule;
  const mend = (resource: Resource): Properties | undefined => {
    if (where && !where(resource.props, resource.type)) return undefined;
    const wrong = [property[resource.type] ?? []].flat().flatMap((path) => wrongAt(resource, path, must) ?? []);
    return wrong.length === 0 ? undefined : Object.fromEntries(wrong.map(({ path }) => [path, remedy]));
  };
  return Object.assign(rule, { remedy: mend });
}

/** The same property in several types. */
export function inTypes(path: string, ...types: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(types.map((type) => [type, path]));
}

/** The places at which a condition surely does not hold. */
function wrongAt({ props }: Resource, path: string, must: Condition): readonly Located[] | undefined {
  const ways = path.split(" | ").map((way) => {
    const places = each(props, way);
    return {
      places,
      wrong: places.filter(({ value }) => value !== UNKNOWN && !must.accepts(value)),
      unknown: places.some(({ value }) => value === UNKNOWN),
    };
  });
  if (ways.length === 1) return ways[0]?.wrong;
  return ways.some(({ wrong, unknown }) => unknown || wrong.length === 0) ? undefined : ways[0]?.wrong;
}
