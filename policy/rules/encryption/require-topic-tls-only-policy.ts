import { refers } from "../relations";
import type { StackRule } from "../rule";
import { deniesInsecureTransport } from "../transport";
import { at, isMissing, type Value } from "../value";

/** Publishing: what carries messages. */
const covers = (actions: readonly string[]): boolean =>
  actions.some((action) => ["sns:publish", "sns:publish*", "sns:*", "*"].includes(action));

export const requireTopicTlsOnlyPolicy: StackRule = {
  id: "require-topic-tls-only-policy",
  title: "Topics refuse requests without TLS",
  description: "A topic's policy denies publishing that does not come over TLS.",
  severity: "medium",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "add to the topic's policy a Deny for everyone on sns:Publish, under Bool aws:SecureTransport false",
  appliesTo: ["aws:sns/topic:Topic"],
  checkStack(stack, report) {
    for (const holder of stack.ofType("aws:sns/topic:Topic")) {
      const policies: readonly Value[] = [
        at(holder.given, "policy"),
        ...stack
          .ofType("aws:sns/topicPolicy:TopicPolicy")
          .filter((policy) => refers(stack, policy, "arn", holder) !== "no")
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
