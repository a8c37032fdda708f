// The function that makes the users of a store, and its call. Only its role, and a migration's, can read the store's own administrator's secret.
import { createHash } from "node:crypto";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { bundled, LambdaFunction, productHandler } from "../../../components/aws/function";
import type { Grant } from "../../../components/kit";
import type { ServicePlan } from "../../model/plan";
import { tagsOf } from "./bindings";
import type { Foundation } from "./foundation";
import { ownedBy } from "./renames";

/** What prepares a store. */
export interface Preparation {
  /** Behind the service's name: `db-users`. */
  readonly name: string;
  readonly description: string;
  /** Folder of its code below infra/functions. */
  readonly handler: string;
  /** The administrator's secret, and the way to the store. */
  readonly grant: Grant;
  /** Input of the call. */
  readonly request: object;
  /** Values with whose change the call is repeated, beside the code and the request. */
  readonly triggers: Readonly<Record<string, pulumi.Input<string>>>;
  /** Resources that must exist before the store answers. */
  readonly startsAfter: readonly pulumi.Resource[];
}

/** The function, its call, and what the function is given. */
export interface PreparedStore {
  readonly made: LambdaFunction;
  readonly call: aws.lambda.Invocation;
  /** Grants by workload and name. */
  readonly given: Readonly<Record<string, Readonly<Record<string, Grant>>>>;
}

/**
 * Calls the function once for each life of the store, and again when the code or what is asked for changes. A failed call fails `up`
 * (https://github.com/hashicorp/terraform-provider-aws, internal/service/lambda/invocation.go); the next `up` repeats it.
 */
export function prepareStore(
  { placement, network, plan, opts: shared }: Foundation,
  service: ServicePlan,
  { name: role, description, handler, grant, request, triggers, startsAfter }: Preparation,
): PreparedStore {
  const nameOf = (owner: string): string => `${owner}-${role}`;
  const name = nameOf(service.name);
  const former = service.renamedFrom === undefined ? undefined : nameOf(service.renamedFrom);
  const entry = productHandler(join(__dirname, "../../functions", handler, "index"));
  const grants = { endpoints: network.grantEndpoints(), database: grant };
  const made = new LambdaFunction(
    name,
    {
      placement,
      description,
      code: { entry },
      timeout: "5m",
      reservedConcurrency: 1,
      // From Node 20 on the runtime has the authority of RDS on disk only
      // (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html).
      environment: { NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem" },
      grants,
      network,
      logRetentionInDays: plan.environment.logRetentionDays,
      tags: tagsOf(service),
    },
    ownedBy(shared, name, former),
  );
  const call = new aws.lambda.Invocation(
    name,
    {
      functionName: made.functionName,
      input: JSON.stringify(request),
      triggers: { ...triggers, code: codeHash(entry) },
    },
    // Its rights and connections come with the function, which waits for them.
    { parent: made, dependsOn: [...startsAfter] },
  );
  return { made, call, given: { [name]: grants } };
}

/** A grant of a store that is prepared: a workload that starts before its user exists could not sign in. */
export function startingAfter(grant: Grant, prepared: pulumi.Resource): Grant {
  return { ...grant, startsAfter: [...(grant.startsAfter ?? []), prepared] };
}

/** The same on every machine for the same sources. */
const codeHash = (entry: string): string => createHash("sha256").update(bundled(entry)).digest("hex");
