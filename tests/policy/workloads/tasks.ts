// Task definitions for the specs of the pack.
import { resource, type Subject, unknown } from "../support";

/** A task definition with one container. */
export const task = (container: object, more: object = {}): Subject =>
  resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: JSON.stringify([container]), ...more });

/** A task definition whose containers are not known before the deployment, and one of a text that is no JSON. */
export const UNREAD = [
  [task({}, { containerDefinitions: unknown }), []],
  [task({}, { containerDefinitions: "{not json" }), []],
] as const;

/** What the pack does not judge. */
export const ELSEWHERE: Subject = resource("aws:ecs/service:Service", {
  containerDefinitions: '[{"privileged":true}]',
});
