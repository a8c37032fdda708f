// A dashboard as a person reads it: alarms first, then sections from the front door to the stores. The same content gives the same JSON, so that
// an unchanged program updates nothing.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { placementProblems, throwIfAny, transformed, unless } from "../../kit";
import { placed } from "../kit";
import type { DashboardArgs } from "./args";
import { pagesOf } from "./layout";

const TYPE = "archipelago:observability:Dashboard";

/**
 * A CloudWatch dashboard; one with more than 500 widgets becomes several, `<name>-2` and so on. Each costs 3 USD a month, the account's
 * first three nothing. Another `dashboardName` replaces it; nothing else does.
 *
 * @example
 * new Dashboard("shop", {
 *   placement,
 *   dashboardName: "shop-prod",
 *   text: "# shop",
 *   sections: [{ title: "Services", charts: [allCharts({ title: "order", signals: order.signals })] }],
 * });
 */
export class Dashboard extends pulumi.ComponentResource {
  /** Names of the dashboards, the first page first. */
  readonly dashboardNames: readonly pulumi.Output<string>[];
  /** The children: a dashboard a page. */
  readonly nodes: { readonly dashboards: readonly aws.cloudwatch.Dashboard[] };

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, placed(`${TYPE} "${name}"`, args.placement, opts));
    const { placement, dashboardName, text, alarmArns = [], sections, logGroupNames = [], transform } = args;
    throwIfAny(`${TYPE} "${name}"`, [
      ...placementProblems(placement),
      // CloudWatch takes letters, digits, dashes and underscores.
      ...unless(typeof dashboardName !== "string" || /^[\w-]{1,250}$/.test(dashboardName), {
        path: "dashboardName",
        value: dashboardName,
        allowed: "letters, digits, - and _, at most 250",
        remedy: "correct it",
      }),
    ]);
    const pages = pagesOf({ text, alarmArns, sections, logGroupNames }, placement.region);
    const dashboards = pages.map((widgets, index) => {
      const suffix = index === 0 ? "" : `-${index + 1}`;
      return new aws.cloudwatch.Dashboard(
        ...transformed<aws.cloudwatch.DashboardArgs>(
          transform?.dashboard,
          `${name}${suffix}`,
          {
            dashboardName: pulumi.interpolate`${dashboardName}${suffix}`,
            // Each chart keeps the period of its metrics, in which its thresholds are.
            dashboardBody: pulumi.jsonStringify({ periodOverride: "inherit", widgets }),
          },
          { parent: this },
        ),
      );
    });
    this.nodes = { dashboards };
    this.dashboardNames = dashboards.map((dashboard) => dashboard.dashboardName);
    this.registerOutputs({ dashboardNames: this.dashboardNames });
  }
}
