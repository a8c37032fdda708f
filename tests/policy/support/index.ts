export { awsKey, judge, messages, ownKey, resource, type Subject, unknown } from "./judge";
export { type Cases, type Judged, specify, type Verdict } from "./specify";
