// The order as an aggregate: commands are decided on what its events say, and become events. An example of an event store's use.
import { ConcurrentWrite, type EventStore, type NewEvent, type StoredEvent } from "../../../runtime/event-store";

/** An order, as its events tell it. */
export interface Order {
  readonly status: "none" | "Created" | "Paid" | "Shipped" | "Cancelled";
  readonly userId?: string;
  readonly total?: number;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly cancellationReason?: string;
}

/** What somebody wants to happen to an order. */
export type OrderCommand =
  | { readonly type: "CreateOrder"; readonly userId: string; readonly total: number }
  | { readonly type: "UpdateOrderStatus"; readonly status: "Paid" | "Shipped" }
  | { readonly type: "CancelOrder"; readonly reason: string };

/** An order that does not allow a command. */
export class OrderRefused extends Error {}

export const NO_ORDER: Order = { status: "none" };

/** The statuses from which an order may go on. */
const BEFORE: Readonly<Record<string, readonly Order["status"][]>> = { Paid: ["Created"], Shipped: ["Paid"] };

/**
 * The events that a command leads to.
 *
 * @throws OrderRefused
 */
export function decide(order: Order, command: OrderCommand): NewEvent[] {
  const refuse = (allowed: boolean): void => {
    if (!allowed) throw new OrderRefused(`an order that is ${order.status} does not allow ${command.type}`);
  };
  switch (command.type) {
    case "CreateOrder":
      refuse(order.status === "none");
      return [{ type: "ORDER_CREATED", data: { userId: command.userId, total: command.total } }];
    case "UpdateOrderStatus":
      refuse(BEFORE[command.status]?.includes(order.status) === true);
      return [{ type: "ORDER_STATUS_UPDATED", data: { status: command.status } }];
    case "CancelOrder":
      refuse(order.status === "Created" || order.status === "Paid");
      return [{ type: "ORDER_CANCELLED", data: { reason: command.reason } }];
  }
}

/** An order after one more event. */
export function applied(order: Order, { type, data, at }: Pick<StoredEvent, "type" | "data" | "at">): Order {
  const { userId, total, status, reason } = data as {
    readonly userId?: string;
    readonly total?: number;
    readonly status?: "Paid" | "Shipped";
    readonly reason?: string;
  };
  switch (type) {
    case "ORDER_CREATED":
      return {
        ...{ status: "Created", createdAt: at, updatedAt: at },
        ...(userId !== undefined && { userId }),
        ...(total !== undefined && { total }),
      };
    case "ORDER_STATUS_UPDATED":
      return { ...order, status: status ?? order.status, updatedAt: at };
    case "ORDER_CANCELLED":
      return {
        ...order,
        status: "Cancelled",
        updatedAt: at,
        ...(reason !== undefined && { cancellationReason: reason }),
      };
    default:
      // Events of later versions of the code: an older task does not know them.
      return order;
  }
}

/** Events after which a snapshot is kept. */
const SNAPSHOT_EVERY = 20;

/**
 * Does a command. When another writer has added events in between, the command is decided again on the new state.
 *
 * @returns the version of the order
 * @throws OrderRefused when the order does not allow it; ConcurrentWrite when it loses `attempts` times
 */
export async function handleOrder(
  store: EventStore,
  orderId: string,
  command: OrderCommand,
  attempts = 20,
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const { version, state } = await store.replay(orderId, NO_ORDER, applied);
    const events = decide(state, command);
    try {
      const now = await store.append(orderId, version, events);
      if (Math.floor(now / SNAPSHOT_EVERY) > Math.floor(version / SNAPSHOT_EVERY)) {
        const { version: upTo, state: later } = await store.replay(orderId, NO_ORDER, applied);
        await store.keepSnapshot(orderId, { version: upTo, state: later });
      }
      return now;
    } catch (error) {
      if (!(error instanceof ConcurrentWrite) || attempt === attempts) throw error;
      // Random, so that writers that lost at the same moment do not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
    }
  }
}
