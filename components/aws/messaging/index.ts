export type {
  ContractSettings,
  EventRegistryArgs,
  FifoQueueSettings,
  MessagingArgs,
  MessagingOutputs,
  MessagingTransforms,
  QueueSettings,
  SubscriptionSettings,
  TopicSettings,
} from "./args";
export { EventRegistry } from "./event-registry";
export { Messaging } from "./messaging";
export { deliverGrant } from "./policies";
