// The edges between a service and the broker. Pure.
import type * as pulumi from "@pulumi/pulumi";
import { constantCase, type Problem } from "../../kit";
import type { Grant, Labels } from "../kit";
import type { UserSettings } from "./args";

/** AMQP 0-9-1 over TLS. */
export const PORT = 5671;
/** Path of the broker's CA certificate in a service's container. */
export const CA_FILE = "/etc/archipelago/messaging/ca.crt";

/** The broker as grants name it. */
export interface GrantedBroker {
  readonly name: string;
  readonly host: pulumi.Input<string>;
  readonly virtualHost: pulumi.Input<string>;
  /** Labels of the broker's pods. */
  readonly labels: Labels;
  readonly caSecretName: pulumi.Input<string>;
  readonly startsAfter: readonly pulumi.Resource[];
}

/** The connection of a user. */
export function connectGrant(
  broker: GrantedBroker,
  user: string,
  password: { readonly secretName: pulumi.Input<string>; readonly revision: pulumi.Input<string> },
): Grant {
  return {
    environment: {
      RABBITMQ_HOST: broker.host,
      RABBITMQ_PORT: String(PORT),
      RABBITMQ_VHOST: broker.virtualHost,
      RABBITMQ_USERNAME: user,
      RABBITMQ_TLS: "true",
      RABBITMQ_CA_FILE: CA_FILE,
    },
    secrets: { RABBITMQ_PASSWORD: { ...password, key: "password" } },
    files: { [CA_FILE]: { secretName: broker.caSecretName, key: "ca.crt" } },
    reaches: [{ to: broker.name, port: PORT, pods: { labels: broker.labels } }],
    startsAfter: broker.startsAfter,
  };
}

/** The address of a topic: the name of its exchange. */
export function publishGrant(topic: string, eventTypes: readonly string[] | "all"): Grant {
  const variable = constantCase(`${topic}-topic`);
  return {
    environment: {
      [`${variable}_ARN`]: topic,
      ...(eventTypes !== "all" && { [`${variable}_EVENT_TYPES`]: eventTypes.join(",") }),
    },
  };
}

/** The address of a queue: the name of the queue, and of the exchange through which services send to it. */
export function queueGrant(queue: string): Grant {
  return { environment: { [`${constantCase(queue)}_URL`]: queue } };
}

/** The problem of a grant for a right that the user does not declare. */
export function undeclared(user: string, right: keyof UserSettings, channel: string): Problem {
  return {
    path: `users.${user}.${right}`,
    value: channel,
    allowed: "a channel that the user declares: the broker's permissions follow from it",
    remedy: `add ${channel} to users.${user}.${right}`,
  };
}

/** The problem of a grant for a user that `users` does not name. */
export function unknownUser(user: string, users: readonly string[]): Problem {
  const allowed = users.length === 0 ? "none: the broker has no users" : `one of ${users.join(", ")}`;
  return { path: "user", value: user, allowed, remedy: "name the service in the broker's users" };
}
