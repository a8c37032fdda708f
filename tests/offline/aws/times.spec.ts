import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { countFigures, creationSeconds, deletionSeconds, figures } from "../../../offline/aws/cards";
import { secondsOf } from "../../../offline/aws/times";

describe("offline providers: how long the cloud takes", () => {
  it("says of each figure where it is from, or that it is assumed", () => {
    const wrong = figures().filter(
      ([, figure]) =>
        !("assumed" in figure) && !/https:\/\/\S+|logs in public repositories: "\w+\.\*: \w+/.test(figure.source),
    );
    expect(wrong.map(([type]) => type)).to.deep.equal([]);
  });

  it("counts what docs/faults.md tells", () => {
    const { figures: count, assumed, runs } = countFigures();
    const page = readFileSync("docs/faults.md", "utf8").replace(/\s+/g, " ");
    expect(page).to.contain(`${count} figures`).and.to.contain(`${runs} runs`).and.to.contain(`${assumed} are assumed`);
  });

  it("takes the median of what was measured and the middle of what is stated", () => {
    expect(secondsOf({ runs: "9m7s 5m37s 6m59s", source: "" })).to.equal(419);
    expect(secondsOf({ runs: "42s 1m0s", source: "" })).to.equal(51);
    expect(secondsOf({ from: "2m0s", to: "4m0s", source: "" })).to.equal(180);
    expect(secondsOf({ assumed: "2m0s" })).to.equal(120);
    expect(() => secondsOf({ assumed: "2 minutes" })).to.throw('"2 minutes" is no time; write it as 1m53s or 43s');
  });

  it("has as many runs below a figure as above it, in any order", () => {
    const times = fc.array(fc.integer({ min: 0, max: 3600 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(times, (seconds) => {
        const runs = seconds.map((each) => `${Math.floor(each / 60)}m${each % 60}s`).join(" ");
        const median = secondsOf({ runs, source: "" });
        const below = seconds.filter((each) => each < median).length;
        const above = seconds.filter((each) => each > median).length;
        expect(Math.max(below, above)).to.be.at.most(seconds.length / 2);
        expect(median).to.be.within(Math.min(...seconds), Math.max(...seconds));
      }),
    );
  });

  it("depends on what is asked for", () => {
    const times = [
      creationSeconds("aws:rds/instance:Instance", {}),
      creationSeconds("aws:rds/instance:Instance", { multiAz: true }),
      creationSeconds("aws:ec2/vpcEndpoint:VpcEndpoint", {}),
      creationSeconds("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface" }),
      creationSeconds("aws:ecs/service:Service", {}),
      creationSeconds("aws:ecs/service:Service", { waitForSteadyState: true }),
      creationSeconds("aws:apigateway/domainName:DomainName", { regionalCertificateArn: "arn" }),
      creationSeconds("aws:alb/loadBalancer:LoadBalancer", {}) -
        creationSeconds("aws:lb/loadBalancer:LoadBalancer", {}),
    ];
    expect(times).to.deep.equal([265, 1050, 6, 113, 1, 120, 1, 0]);
    const deleted = [{}, { vpcEndpointType: "Interface" }].map((inputs) =>
      deletionSeconds("aws:ec2/vpcEndpoint:VpcEndpoint", inputs),
    );
    expect(deleted).to.deep.equal([0, 72]);
    expect([creationSeconds("aws:sns/topic:Topic", {}), deletionSeconds("aws:sns/topic:Topic")]).to.deep.equal([1, 0]);
  });
});
