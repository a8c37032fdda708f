// Read models of an event store: one item for each aggregate, computed from its events.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import {
  type BatchAnswer,
  type CallContext,
  eachAggregate,
  sweep,
  type SweepAnswer,
  type SweepRequest,
  type TableChanges,
} from "./changes";
import { constantCase } from "../components/kit/names";
import { EventStore, putIf, type StoredEvent } from "./event-store";

/** Attributes of an aggregate's item in a read model. */
export type View = object;

/** Arguments of a projector: how events change a read model. */
export interface ProjectorArgs<V extends View> {
  /** View of an aggregate without events. */
  readonly initial: V;
  readonly apply: (view: V, event: StoredEvent) => V;
  /**
   * Raised with each change of `apply`: items of a lower revision are computed anew, from the first event on, when their aggregate changes or the read
   * model is rebuilt.
   * @default 1
   */
  readonly revision?: number;
}

/** Tables of a projector. */
export interface ProjectorPlace {
  readonly dynamodb: DynamoDBClient;
  readonly eventsTable: string;
  readonly viewTable: string;
}

/** Request to a projector to compute the items of all aggregates again. */
export interface RebuildRequest {
  readonly rebuild: SweepRequest;
}

/** Keeps the items of one read model. Needs to read the events' table, and to read and write the read model's. */
export class Projection<V extends View> {
  private readonly store: EventStore;

  constructor(
    private readonly args: ProjectorArgs<V>,
    private readonly place: ProjectorPlace,
  ) {
    this.store = new EventStore(place.dynamodb, place.eventsTable);
  }

  /** Brings the item of an aggregate up to date. A repetition changes nothing. */
  async update(aggregate: string): Promise<void> {
    const known = await this.read(aggregate);
    await this.write(aggregate, known?.version ?? 0, known?.view ?? this.args.initial);
  }

  /** Computes the item of an aggregate from its first event on. */
  async rebuild(aggregate: string): Promise<void> {
    await this.write(aggregate, 0, this.args.initial);
  }

  /** Computes the items of all aggregates from their first events on. */
  rebuildAll(request: SweepRequest = {}, context?: CallContext): Promise<SweepAnswer> {
    return sweep(this.store, request, (aggregate) => this.rebuild(aggregate), context);
  }

  private get revision(): number {
    return this.args.revision ?? 1;
  }

  /** The item, unless another revision has computed it. */
  private async read(aggregate: string): Promise<{ readonly version: number; readonly view: V } | undefined> {
    const { Item } = await this.place.dynamodb.send(
      new GetItemCommand({
        TableName: this.place.viewTable,
        Key: { aggregateId: { S: aggregate } },
        ConsistentRead: true,
      }),
    );
    if (!Item) return undefined;
    const { aggregateId: _, version, revision, ...view } = unmarshall(Item);
    return revision === this.revision ? { version: Number(version), view: view as V } : undefined;
  }

  private async write(aggregate: string, after: number, from: V): Promise<void> {
    const events = await this.store.load(aggregate, after);
    const version = events.at(-1)?.version;
    if (version === undefined) return;
    const view = events.reduce(this.args.apply, from);
    const put = new PutItemCommand({
      TableName: this.place.viewTable,
      Item: marshall(
        { ...view, aggregateId: aggregate, version, revision: this.revision },
        { removeUndefinedValues: true },
      ),
      // The events of a later version hold those of an earlier one. While a function is replaced, the code of both revisions runs.
      ConditionExpression:
        "attribute_not_exists(#id) OR #revision < :revision OR (#revision = :revision AND #version <= :version)",
      ExpressionAttributeNames: { "#id": "aggregateId", "#revision": "revision", "#version": "version" },
      ExpressionAttributeValues: { ":revision": { N: String(this.revision) }, ":version": { N: String(version) } },
    });
    await putIf(this.place.dynamodb, put);
  }
}

/**
 * The handler of a projection's function. It brings the items of changed aggregates up to date. Called with `{ "rebuild": {} }` it computes all
 * items anew, and answers with `next` when its time is not enough: call it again with `{ "rebuild": { "from": next } }`.
 *
 * @throws Error at a call that lacks one of the variables that the event store's description sets
 */
export function projector<V extends View>(
  args: ProjectorArgs<V>,
  place: () => ProjectorPlace = placeFromVariables,
): (event: TableChanges | RebuildRequest, context?: CallContext) => Promise<BatchAnswer | SweepAnswer> {
  let projection: Projection<V> | undefined;
  return (event, context) => {
    const known = (projection ??= new Projection(args, place()));
    if ("rebuild" in event) return known.rebuildAll(event.rebuild, context);
    return eachAggregate(event, (aggregate) => known.update(aggregate));
  };
}

function placeFromVariables(): ProjectorPlace {
  const table = (name: string): string => {
    const variable = `${constantCase(process.env[name] ?? "")}_TABLE`;
    const value = process.env[variable];
    if (value === undefined)
      throw new Error(`${name} or ${variable} is not set: is the function a projection of an event store?`);
    return value;
  };
  return { dynamodb: new DynamoDBClient({}), eventsTable: table("EVENT_STORE"), viewTable: table("EVENT_PROJECTION") };
}
