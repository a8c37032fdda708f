// The function that makes the users of a database, and its call. Only its role and the migration's can read the master user's secret.
import { createHash } from "node:crypto";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { bundled, LambdaFunction, productHandler } from "../../../components/aws/function";
import type { DatabaseNode } from "../../model/kinds/database";
import type { ServicePlan } from "../../model/plan";
import { tagsOf } from "./bindings";
import type { Database } from "./database";
import type { Foundation } from "./foundation";
import { ownedBy } from "./renames";

const ENTRY = productHandler(join(__dirname, "../../functions/prepare-database/index"));

const nameOf = (service: string): string => `${service}-db-users`;

/**
 * Calls the function once for each life of the database, and again when the code or what is asked for changes. A failed call fails `up`
 * (https://github.com/hashicorp/terraform-provider-aws, internal/service/lambda/invocation.go); the next `up` repeats it.
 */
export function prepareDatabase(
  { placement, network, plan, opts: shared }: Foundation,
  service: ServicePlan,
  { databases = [] }: DatabaseNode["settings"],
  database: Database,
): { readonly made: LambdaFunction; readonly call: aws.lambda.Invocation } {
  const name = nameOf(service.name);
  const former = service.renamedFrom === undefined ? undefined : nameOf(service.renamedFrom);
  const opts = ownedBy(shared, name, former);
  const made = new LambdaFunction(
    name,
    {
      placement,
      description: `Makes the users and rights of the database of ${service.name}`,
      code: { entry: ENTRY },
      timeout: "5m",
      reservedConcurrency: 1,
      // From Node 20 on the runtime has the authority of RDS on disk only
      // (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html).
      environment: { NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem" },
      grants: { endpoints: network.grantEndpoints(), database: database.grantMigrate() },
      network,
      logRetentionInDays: plan.environment.logRetentionDays,
      tags: tagsOf(service),
    },
    opts,
  );
  const call = new aws.lambda.Invocation(
    name,
    {
      functionName: made.functionName,
      input: JSON.stringify({ databases, reader: true }),
      triggers: { database: database.resourceId, code: codeHash() },
    },
    // Its rights and connections come with the function, which waits for them; the writer of a cluster, as for a service.
    { parent: made, dependsOn: [...(database.grantConnect().startsAfter ?? [])] },
  );
  return { made, call };
}

/** The same on every machine for the same sources. */
const codeHash = (): string => createHash("sha256").update(bundled(ENTRY)).digest("hex");
