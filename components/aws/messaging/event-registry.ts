// A schema registry of EventBridge with the JSON Schema of each event, for people and for code generators. The registry accepts JSON
// Schema up to draft 4, so contracts use keywords of draft 4 only.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { offers, placementProblems, type Problem, tagged, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { ContractSettings, EventRegistryArgs } from "./args";

const TYPE = "archipelago:messaging:EventRegistry";

/**
 * An EventBridge schema registry with a schema for each event. Free of charge. A renamed event is a new schema; a changed
 * contract is a new version of it in place.
 *
 * @example
 * new EventRegistry("contracts", {
 *   placement,
 *   description: "Events of the shop",
 *   contracts: { "order-events.ORDER_CREATED": { version: "1.0", schema: { type: "object" } } },
 * });
 */
export class EventRegistry extends pulumi.ComponentResource {
  readonly registryName: pulumi.Output<string>;
  /** By the contracts' names. */
  readonly schemaArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** The children. */
  readonly nodes: {
    readonly registry: aws.schemas.Registry;
    readonly schemas: Readonly<Record<string, aws.schemas.Schema>>;
  };

  constructor(name: string, args: EventRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    throwIfAny(`${TYPE} "${name}"`, [...placementProblems(args.placement), ...validateRegistry(args)]);
    const { description, tags, transform } = args;
    const registry = new aws.schemas.Registry(
      ...transformed<aws.schemas.RegistryArgs>(
        transform?.registry,
        `${name}-registry`,
        { description, ...tagged(tags) },
        { parent: this },
      ),
    );
    const schemas = Object.fromEntries(
      Object.entries(args.contracts).map(([event, contract]) => [
        event,
        this.createSchema(name, event, contract, registry, args),
      ]),
    );
    this.registryName = registry.name;
    this.schemaArns = Object.fromEntries(Object.entries(schemas).map(([event, { arn }]) => [event, arn]));
    this.nodes = { registry, schemas };
    this.registerOutputs({ registryName: this.registryName, schemaArns: this.schemaArns });
  }

  private createSchema(
    name: string,
    event: string,
    { version, schema }: ContractSettings,
    registry: aws.schemas.Registry,
    { tags, transform }: EventRegistryArgs,
  ): aws.schemas.Schema {
    return new aws.schemas.Schema(
      ...transformed<aws.schemas.SchemaArgs>(
        transform?.schema,
        `${name}-${event}`,
        {
          // Its own, not a generated one: generators name their code after it, and the registry is its name space.
          name: event,
          registryName: registry.name,
          type: "JSONSchemaDraft4",
          description: `Version ${version}`,
          content: JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", title: event, ...schema }),
          ...tagged(tags),
        },
        { parent: this },
      ),
    );
  }
}

/** Everything that is wrong with the arguments. Pure. */
export function validateRegistry({ placement: { region }, contracts, description }: EventRegistryArgs): Problem[] {
  const names = Object.keys(contracts).filter((name) => !/^[\w.-]{1,385}$/.test(name));
  return [
    ...unless(offers(region, "schema-registry"), {
      path: "placement.region",
      value: region,
      allowed: "a region of a partition with EventBridge schema registries",
      remedy: "leave the registry out: messages travel without it",
    }),
    ...names.map((name) => ({
      path: `contracts.${name}`,
      value: name,
      allowed: "1 to 385 letters, digits, dots, dashes and underscores",
      remedy: "respell it",
    })),
    ...(description.length >= 1 && description.length <= 256
      ? []
      : [{ path: "description", value: description, allowed: "1 to 256 characters", remedy: "shorten it" }]),
  ];
}
