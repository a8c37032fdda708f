// Sizes of request bodies. WAF sees the first 8 KiB of a body behind a load balancer, and that can't be changed
// (https://docs.aws.amazon.com/waf/latest/APIReference/API_RequestBodyAssociatedResourceTypeConfig.html); so the managed rule blocks all that is larger, and
// a larger limit can only be held to what the header Content-Length says. No Pulumi runtime here.
import type * as aws from "@pulumi/aws";
import type { LargeBody } from "./args";
import { pathStatement } from "./paths";

type Rule = Omit<aws.types.input.wafv2.WebAclRule, "priority" | "visibilityConfig" | "name"> & {
  readonly name: string;
};

/** The rule of the common group that blocks bodies over 8 KiB, and the label that it sets while it only counts. */
export const SIZE_RULE = "SizeRestrictions_BODY";
const SIZE_LABEL = "awswaf:managed:aws:core-rule-set:SizeRestrictions_Body";

/** Blocks large bodies everywhere but on the named paths, and on those what is declared to be over their limit. */
export function bodySizeRules(bodies: Readonly<Record<string, LargeBody & { readonly bytes: number }>>): Rule[] {
  const named = Object.entries(bodies).sort(([a], [b]) => (a < b ? -1 : 1));
  if (named.length === 0) return [];
  const everyPath = named.flatMap(([, { paths }]) => paths);
  return [
    {
      name: "BodySizeElsewhere",
      action: { block: {} },
      statement: {
        andStatement: {
          statements: [
            { labelMatchStatement: { scope: "LABEL", key: SIZE_LABEL } },
            { notStatement: { statement: pathStatement(everyPath) } },
          ],
        },
      },
    },
    ...named.map(([name, { paths, bytes }]) => ({
      name: `BodySize-${name}`,
      action: { block: {} },
      statement: {
        andStatement: {
          statements: [
            {
              regexMatchStatement: {
                regexString: moreThan(bytes),
                fieldToMatch: { singleHeader: { name: "content-length" } },
                textTransformations: [{ priority: 0, type: "NONE" }],
              },
            },
            pathStatement(paths),
          ],
        },
      },
    })),
  ];
}

/** A regular expression for decimal numbers above a limit: more digits, or a higher digit after the same beginning. */
export function moreThan(limit: number): string {
  const digits = String(limit);
  const higher = Array.from(digits, (digit, at) => ({ digit, at })).flatMap(({ digit, at }) => {
    if (digit === "9") return [];
    const rest = digits.length - at - 1;
    return [`${digits.slice(0, at)}[${Number(digit) + 1}-9]${rest > 0 ? `\\d{${rest}}` : ""}`];
  });
  return `^0*([1-9]\\d{${digits.length},}|${higher.join("|")})$`;
}
