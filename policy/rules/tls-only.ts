// Resources whose resource policy must refuse requests without TLS; the policy is a property of the resource, or a separate resource.
import { refers } from "./relations";
import type { StackRule } from "./rule";
import { deniesInsecureTransport } from "./transport";
import { at, isMissing, type Value } from "./value";

/** Places of such a resource's policy, and the actions that it must deny. */
interface Transport {
  /** Type of the companion that may hold the policy. */
  readonly companion: string;
  /** The companion's property that names the resource. */
  readonly link: string;
  /** Whether denying these actions, in lower case, on these resources closes the resource. */
  readonly covers: (actions: readonly string[], resources: readonly string[]) => boolean;
}

/** A rule that each such resource has a policy which denies requests without TLS. */
export function tlsOnlyRule(info: Omit<StackRule, "checkStack">, { companion, link, covers }: Transport): StackRule {
  return {
    ...info,
    checkStack(stack, report) {
      for (const holder of stack.ofType(...info.appliesTo)) {
        const policies: readonly Value[] = [
          at(holder.given, "policy"),
          ...stack
            .ofType(companion)
            .filter((policy) => refers(stack, policy, link, holder) !== "no")
            .map((policy) => at(policy.props, "policy")),
        ];
        if (policies.some((policy) => deniesInsecureTransport(policy, covers) !== "no")) continue;
        report(holder, {
          path: "policy",
          found: policies.find((policy) => !isMissing(policy)),
          required: "a statement that denies requests without TLS",
        });
      }
    },
  };
}
