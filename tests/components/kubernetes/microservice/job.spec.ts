import { expect } from "chai";
import { outputOf } from "../../../../offline/providers/mocks";
import { findingsOf } from "../../../support/kubernetes/rules";
import { buildJob, type Json, specOf } from "./fixtures";

describe("kubernetes Job", () => {
  it("without a schedule is suspended, and a person starts it", async () => {
    const built = await buildJob({ command: ["node", "dist/migrate.js"] });
    const spec = specOf(built, "batch/v1:CronJob");
    expect(spec).to.include({ suspend: true, schedule: "0 0 31 2 *", concurrencyPolicy: "Forbid" });
    const job = (spec.jobTemplate as { spec: Json }).spec;
    expect(job).to.include({ activeDeadlineSeconds: 3600, backoffLimit: 2 });
    const pod = (job.template as { spec: Json }).spec;
    expect(pod.restartPolicy).to.equal("Never");
    expect((pod.containers as unknown as readonly Json[])[0]?.command).to.deep.equal(["node", "dist/migrate.js"]);
    expect(await outputOf(built.result.runCommand)).to.equal(
      "kubectl --namespace shop-dev create job --from=cronjob/order-migration order-migration-$(date +%s)",
    );
    expect(findingsOf(built.resources, ["require-pod-image-digest"])).to.deep.equal([]);
  });

  it("with a schedule runs by it", async () => {
    const spec = specOf(await buildJob({ schedule: "0 3 * * *", timeZone: "Europe/Berlin" }), "batch/v1:CronJob");
    expect(spec).to.include({ suspend: false, schedule: "0 3 * * *", timeZone: "Europe/Berlin" });
  });
});
