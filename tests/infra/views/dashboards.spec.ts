// The dashboards of each stack: laid out without overlaps, small enough for CloudWatch, the same each time, and drawn for the README.
// `UPDATE_REFERENCE=1 npx mocha tests/infra/views/dashboards.spec.ts` draws them anew.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { buildOnEcs } from "../../../infra/targets/ecs/ecs";
import { dashboardSvg, type DrawnWidget, layoutFaults } from "../../../infra/views/dashboards/svg";
import { type Deployment, deploy, type Registered } from "../../../offline/providers/mocks";
import { enterpriseRun } from "../support/enterprise";
import { planFor, runOf } from "../support/run";

const pictures = join(__dirname, "../../../docs/pictures");
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

function widgetsOf({ inputs }: Registered): DrawnWidget[] {
  return (JSON.parse(String(inputs.dashboardBody)) as { readonly widgets: DrawnWidget[] }).widgets;
}

function build(run: Parameters<typeof planFor>[0]): Promise<Deployment<unknown>> {
  const plan = planFor(run);
  return deploy(() => buildOnEcs(plan), { region: plan.region, stack: plan.environment.name });
}

for (const run of [runOf("prod"), runOf("local"), enterpriseRun("prod")]) {
  const { system, environment, services } = planFor(run);
  describe(`dashboards of ${system} in ${environment.name}`, function () {
    this.timeout(60_000);
    let dashboards: readonly Registered[];
    before(async () => {
      dashboards = (await build(run)).ofType(DASHBOARD);
    });

    it("are one for the environment and one for each service", () => {
      const wanted = [system, ...services.map(({ name }) => `${name}-dashboard`)];
      expect(dashboards.map(({ name }) => name).sort()).to.deep.equal(wanted.sort());
    });

    it("have no widget over another one, or beyond the 24 columns", () => {
      expect(dashboards.flatMap((dashboard) => layoutFaults(widgetsOf(dashboard)))).to.deep.equal([]);
    });

    it("show each metric in its own period, with identifiers that are used once", () => {
      for (const widget of dashboards.flatMap(widgetsOf)) {
        const rows = (widget.properties.metrics ?? []).map((row) => row.at(-1) as { id: string; expression?: string });
        const ids = rows.map(({ id }) => id);
        expect(new Set(ids).size, widget.properties.title).to.equal(ids.length);
        for (const { expression = "" } of rows) {
          const named = (expression.match(/\bm\d+i?\d*\b/g) ?? []).filter((id) => !ids.includes(id));
          expect(named, expression).to.deep.equal([]);
          expect(expression).not.to.contain("METRICS()");
        }
      }
    });

    it("have the same JSON each time", async () => {
      const again = (await build(run)).ofType(DASHBOARD);
      expect(again.map(({ inputs }) => inputs)).to.deep.equal(dashboards.map(({ inputs }) => inputs));
    });
  });
}

describe("pictures of dashboards", function () {
  this.timeout(60_000);
  const files = { "dashboard-ecommerce-prod.svg": "ecommerce", "dashboard-order-prod.svg": "order-dashboard" };
  let drawn: Deployment<unknown>;
  before(async () => {
    drawn = await build(runOf("prod"));
  });

  for (const [file, name] of Object.entries(files)) {
    it(`are in docs/pictures as they are now: ${file}`, () => {
      const svg = dashboardSvg(widgetsOf(drawn.one(DASHBOARD, name)));
      if (process.env.UPDATE_REFERENCE === "1") writeFileSync(join(pictures, file), svg);
      expect(readFileSync(join(pictures, file), "utf8") === svg, "UPDATE_REFERENCE=1 draws it").to.equal(true);
    });
  }

  it("say what stands over another widget, and what stands beyond the columns", () => {
    const widget = (x: number, y: number): DrawnWidget => {
      return { type: "metric", x, y, width: 8, height: 6, properties: { title: `${x}-${y}` } };
    };
    expect(layoutFaults([widget(0, 0), widget(8, 0), widget(7, 5), widget(17, 20)])).to.deep.equal([
      'metric "0-0" at 0,0 stands over metric "7-5" at 7,5',
      'metric "8-0" at 8,0 stands over metric "7-5" at 7,5',
      'metric "17-20" at 17,20 stands beyond column 24',
    ]);
  });
});
