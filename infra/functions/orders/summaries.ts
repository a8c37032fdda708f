// Lambda calls `handler` with changes of the orders' events; a person calls it with `{ "rebuild": {} }`.
import { projector } from "../../../runtime/projector";
import { applied, NO_ORDER } from "./order";

/** Items for the queries: an order by its id, the orders of a user by time, orders by status. */
export const summaries = { initial: NO_ORDER, apply: applied };

export const handler = projector(summaries);
