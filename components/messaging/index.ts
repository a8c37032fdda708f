export type {
  FifoQueueSettings,
  MessagingArgs,
  MessagingOutputs,
  MessagingTransforms,
  QueueSettings,
  SubscriptionSettings,
  TopicSettings,
} from "./args";
export { Messaging } from "./messaging";
