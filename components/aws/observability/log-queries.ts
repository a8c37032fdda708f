// Saved queries of CloudWatch Logs Insights over all log groups of a system, so that no one selects them by hand during an outage.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { LogQueriesArgs } from "./args";
import { chunked, NEWEST_ERRORS } from "./layout";

const TYPE = "archipelago:observability:LogQueries";
/** Log groups of one query (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/cloudwatch_limits_cwl.html). */
const MOST_LOG_GROUPS = 50;

/** Placeholder in the saved query; a person replaces it by the id of a request. */
const PLACEHOLDER = "PUT-THE-ID-HERE";

const QUERIES = {
  /** JSON logs have the field; in plain text the id stands somewhere in the line. */
  "by-correlation-id": [
    "fields @timestamp, @log, @message",
    `filter correlation_id = '${PLACEHOLDER}' or @message like '${PLACEHOLDER}'`,
    "sort @timestamp asc",
    "limit 1000",
  ],
  "newest-errors": NEWEST_ERRORS,
} as const;

/**
 * Two saved queries: the way of one request through all services by its correlation id, and the newest errors. Above 50 log groups each becomes
 * several, `…-2` and so on. They cost nothing; running one costs 0.005 USD a GB that it reads.
 *
 * @example
 * new LogQueries("queries", { placement, folder: "shop-prod", logGroupNames: [order.logGroupName, payment.logGroupName] });
 */
export class LogQueries extends pulumi.ComponentResource {
  /** The children, by query; `by-correlation-id-2` for log groups from the 51st on. */
  readonly nodes: { readonly queries: Readonly<Record<string, aws.cloudwatch.QueryDefinition>> };

  constructor(name: string, args: LogQueriesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { placement, folder, logGroupNames, transform } = args;
    throwIfAny(`${TYPE} "${name}"`, [
      ...placementProblems(placement),
      ...unless(logGroupNames.length > 0, {
        path: "logGroupNames",
        value: "none",
        allowed: "at least one log group",
        remedy: "leave the component out",
      }),
    ]);
    const queries = chunked(logGroupNames, MOST_LOG_GROUPS).flatMap((groups, index) =>
      Object.entries(QUERIES).map(([query, lines]): [string, aws.cloudwatch.QueryDefinition] => {
        const title = index === 0 ? query : `${query}-${index + 1}`;
        return [
          title,
          new aws.cloudwatch.QueryDefinition(
            ...transformed<aws.cloudwatch.QueryDefinitionArgs>(
              transform?.query,
              `${name}-${title}`,
              // A slash makes a folder in the console.
              { name: pulumi.interpolate`${folder}/${title}`, logGroupNames: groups, queryString: lines.join("\n| ") },
              { parent: this },
            ),
          ),
        ];
      }),
    );
    this.nodes = { queries: Object.fromEntries(queries) };
    this.registerOutputs({});
  }
}
