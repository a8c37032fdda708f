// Copies of another context's entities, kept up to date from the events of their owner. Messages arrive twice, late and in any order; the version of
// the entity decides. docs/decisions/0054-runtime-typed-from-the-description.md
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { constantCase, projectionQueue } from "../components/kit/names";
import { type Consumer, QueueConsumer, type ReceivedEvent } from "./consumer";
import type { CopiedData, CopiedEntity, CopiedType, Described, ServiceOf } from "./description";
import { putIf } from "./event-store";

/** Change of a copy by an event. */
export type Change<Copy> = {
  readonly id: string;
  /**
   * Grows with each change of the entity at its owner: a number, or a time in ISO 8601 in UTC. All events of an entity have versions of one kind.
   */
  readonly version: number | string;
} & (
  | { /** The whole copy: a change of some fields can't be put in order. */ readonly copy: Copy }
  | { readonly deleted: true }
);

/** Where copies are kept. */
export interface CopyStore<Copy> {
  /** Keeps a change, unless it has the same version or a later one. @returns whether it was kept */
  keep(change: Change<Copy>): Promise<boolean>;
}

/** How copies are kept up to date. */
export interface CopiesArgs<Handlers, Copy> {
  readonly sqs: SQSClient;
  readonly store: CopyStore<Copy>;
  /** Change of a copy by each event; undefined: no change. */
  readonly on: Handlers;
  /** @default process.env */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

/** Change of a copy, for each event that changes it. */
export type Changes<S, N extends ServiceOf<S>, Entity extends CopiedEntity<S, N>, Copy> = {
  readonly [Type in CopiedType<S, N, Entity>]: (
    event: ReceivedEvent<CopiedData<S, N, Entity, Type>>,
  ) => Change<Copy> | undefined;
};

type AnyChanges = Readonly<Record<string, (event: ReceivedEvent<unknown>) => Change<unknown> | undefined>>;

/**
 * Consumes the queue of a copy that a service names in `projects`, and keeps what is newer. An event type without an entry does not compile. Events
 * that the owner sends again (`replay`) are handled as any other: they fill an empty store and repair a wrong one.
 *
 * @throws Error when the variable of the queue is missing
 */
export function copies<S extends Described, N extends ServiceOf<S>, Entity extends CopiedEntity<S, N>, Copy>(
  system: S,
  service: N,
  entity: Entity,
  args: CopiesArgs<NoInfer<Changes<S, N, Entity, Copy>>, Copy>,
): Consumer;
export function copies(
  system: Described,
  service: string,
  entity: string,
  { sqs, store, on, variables }: CopiesArgs<AnyChanges, unknown>,
): Consumer {
  const { projects = {} } = (system.services[service] ?? {}) as {
    readonly projects?: Readonly<Record<string, { readonly from: ConstructorParameters<typeof QueueConsumer>[2] }>>;
  };
  const handlers = Object.entries(on).map(([type, changeOf]) => [
    type,
    async (event: ReceivedEvent<unknown>): Promise<void> => {
      const change = changeOf(event);
      if (change) await store.keep(change);
    },
  ]);
  return new QueueConsumer(system, projectionQueue(service, entity), projects[entity]?.from ?? {}, {
    ...{ sqs, replays: true, ...(variables && { variables }) },
    on: Object.fromEntries(handlers) as Readonly<Record<string, (event: ReceivedEvent<unknown>) => Promise<void>>>,
  });
}

/** Copies in the table that the description names (`projects.<Entity>.table`): an item for each entity, by `id`. */
export class TableCopies<Copy> implements CopyStore<Copy> {
  private readonly tableName: string;

  /** @param table its name in the description. @throws Error when its variable is missing */
  constructor(
    private readonly dynamodb: DynamoDBClient,
    table: string,
    variables: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    const variable = `${constantCase(table)}_TABLE`;
    const tableName = variables[variable];
    if (tableName === undefined) throw new Error(`${variable} is not set: does the service own the table ${table}?`);
    this.tableName = tableName;
  }

  /** A deleted entity leaves an item with its version, so that an older change that arrives later does not bring it back. */
  keep({ id, version, ...change }: Change<Copy>): Promise<boolean> {
    const value = typeof version === "number" ? { N: String(version) } : { S: version };
    return putIf(
      this.dynamodb,
      new PutItemCommand({
        TableName: this.tableName,
        Item: { id: { S: id }, version: value, ...("copy" in change && { copy: { S: JSON.stringify(change.copy) } }) },
        ConditionExpression: "attribute_not_exists(id) OR #version < :version",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":version": value },
      }),
    );
  }

  /** The copy of an entity; undefined: there is none, or it is deleted. */
  async read(id: string): Promise<Copy | undefined> {
    const { Item } = await this.dynamodb.send(
      new GetItemCommand({ TableName: this.tableName, Key: { id: { S: id } }, ConsistentRead: true }),
    );
    return Item?.copy?.S === undefined ? undefined : (JSON.parse(Item.copy.S) as Copy);
  }
}
