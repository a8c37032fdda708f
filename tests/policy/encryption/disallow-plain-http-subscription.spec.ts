import { disallowPlainHttpSubscription } from "../../../policy/rules/encryption/disallow-plain-http-subscription";
import { resource, specify, unknown } from "../support";

const subscription = (props: object) => resource("aws:sns/topicSubscription:TopicSubscription", { ...props });

specify(disallowPlainHttpSubscription, {
  compliant: [subscription({ protocol: "https" }), subscription({ protocol: "sqs" })],
  violating: [[subscription({ protocol: "http", endpoint: unknown }), ['it: protocol is "http"']]],
  notApplicable: [resource("aws:sns/topic:Topic", { protocol: "http" })],
  missing: [[subscription({}), []]],
  unknown: [[subscription({ protocol: unknown }), []]],
});
