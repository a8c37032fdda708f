export { awsKey, messages, ownKey, resource, type Subject, unknown } from "./judge";
export { specify } from "./specify";
