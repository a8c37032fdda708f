import type { ResourceRule } from "../rule";
import { at } from "../value";

export const disallowPlainHttpSubscription: ResourceRule = {
  id: "disallow-plain-http-subscription",
  title: "Topics deliver over TLS only",
  description: "A topic doesn't deliver to an address over plain HTTP.",
  severity: "high",
  controls: ["PCI-DSS-4.0 4.2.1", "NIST-800-53 SC-8", "HIPAA 164.312(e)(1)"],
  remediation: "subscribe an https address",
  appliesTo: ["aws:sns/topicSubscription:TopicSubscription"],
  check(subscription, report) {
    const found = at(subscription.props, "protocol");
    if (found === "http") report({ path: "protocol", found, required: '"https", or a protocol of AWS\'s own' });
  },
};
