export type {
  MessagingArgs,
  MessagingOutputs,
  MessagingTransforms,
  QueueSettings,
  SubscriptionSettings,
  UserSettings,
} from "./args";
export { Messaging } from "./messaging";
