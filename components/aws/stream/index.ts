export type { StreamArgs, StreamOutputs } from "./args";
export { Stream } from "./stream";
