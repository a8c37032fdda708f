export { AlarmTopic } from "./alarm-topic";
export type { AlarmTopicArgs } from "./args";
