// What a description says of one service's runtime and routes is what its resources have.
import { expect } from "chai";
import { deployOne } from "../infra/support/one-service";

describe("a description", () => {
  it("reaches the container: user, folders, health, times and disk", async () => {
    const { one } = await deployOne({
      runtime: {
        user: "101:101",
        writablePaths: ["/var/cache/nginx"],
        containerHealthCheck: { command: ["CMD", "/check"] },
        startTime: "3m",
        stopTimeout: "2m",
        ephemeralStorage: "40 GiB",
      },
      exposes: { paths: ["/api"], authentication: "by-service" },
    });
    const task = one("aws:ecs/taskDefinition:TaskDefinition").inputs;
    const [container] = JSON.parse(String(task.containerDefinitions)) as Record<string, unknown>[];
    const { tmpfs } = container?.linuxParameters as { readonly tmpfs: readonly { readonly containerPath: string }[] };
    expect(container).to.include({ user: "101:101", stopTimeout: 120, readonlyRootFilesystem: true });
    expect(container?.healthCheck).to.include({ interval: 30 });
    expect(tmpfs.map(({ containerPath }) => containerPath)).to.deep.equal(["/tmp", "/var/cache/nginx"]);
    expect(task.ephemeralStorage).to.deep.equal({ sizeInGib: 40 });
    expect(one("aws:ecs/service:Service").inputs.healthCheckGracePeriodSeconds).to.equal(180);
  });
});
