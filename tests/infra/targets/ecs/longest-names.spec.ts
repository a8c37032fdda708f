// Names may be as long as validation allows: whatever is made of them still fits where AWS takes it, and two that differ in
// their last letter only stay apart.
import { expect } from "chai";
import { environments } from "../../../../infra/environments";
import { derivedOnAws } from "../../support/aws";
import { validateSystem } from "../../../../infra/model/validate";
import { buildOnEcs } from "../../../../infra/targets/ecs/ecs";
import { deploy, type Registered } from "../../../../offline/providers/mocks";
import { fullestSettings, fullestSystem, LONGEST } from "../../../support/fullest";

/** What AWS allows of names that are shorter than 128 characters, by type and property. */
const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "aws:lb/loadBalancer:LoadBalancer": { name: 32 },
  "aws:lb/targetGroup:TargetGroup": { name: 32 },
  "aws:iam/role:Role": { name: 64 },
  "aws:s3/bucket:Bucket": { bucket: 63 },
  "aws:sqs/queue:Queue": { name: 80 },
  "aws:rds/instance:Instance": { identifier: 63 },
  "aws:rds/cluster:Cluster": { clusterIdentifier: 63 },
  "aws:rds/clusterInstance:ClusterInstance": { identifier: 63 },
  "aws:elasticache/replicationGroup:ReplicationGroup": { replicationGroupId: 40 },
  "aws:elasticache/user:User": { userId: 40, userName: 40 },
  "aws:elasticache/userGroup:UserGroup": { userGroupId: 40 },
};

describe("the longest names", () => {
  const system = fullestSystem(LONGEST);

  it("are allowed, and one letter more is not", () => {
    expect(validateSystem(system)).to.deep.equal([]);
    for (const [kind, length] of Object.entries(LONGEST)) {
      const problems = validateSystem(fullestSystem({ ...LONGEST, [kind]: length + 1 }));
      expect(
        problems.filter(({ allowed }) => allowed.includes(`at most ${length}`)),
        kind,
      ).to.not.be.empty;
    }
  });

  for (const environment of ["local", "prod"] as const) {
    describe(`in ${environment}`, () => {
      let resources: readonly Registered[];
      before(async function () {
        this.timeout(60_000);
        const plan = derivedOnAws(system, environments[environment], fullestSettings(system, environment));
        ({ resources } = await deploy(() => buildOnEcs(plan), { region: "eu-central-1" }));
      });

      it("come up, and fit where AWS takes them", () => {
        const seen = new Set<string>();
        const tooLong = resources.flatMap(({ type, name, outputs }) =>
          Object.entries(LIMITS[type] ?? {}).flatMap(([property, limit]) => {
            const value = outputs[property];
            if (typeof value !== "string") return [`${type} ${name} has no ${property}`];
            seen.add(type);
            return value.length <= limit ? [] : [`${type} ${name}: ${value} is ${value.length} of ${limit}`];
          }),
        );
        expect(tooLong).to.deep.equal([]);
        expect([...seen].sort()).to.deep.equal(Object.keys(LIMITS).sort());
      });

      it("give each service all that is its own, however alike two names are", () => {
        const services = Object.keys(system.services);
        // Two services whose names were cut alike would share a resource.
        const own = (service: string, type: string): readonly string[] =>
          resources
            .filter((one) => one.type === type && one.parent?.endsWith(`Microservice::${service}`) === true)
            .map(({ outputs }) => String(outputs.id));
        for (const type of ["aws:ecs/service:Service", "aws:iam/role:Role", "aws:lb/targetGroup:TargetGroup"]) {
          const ids = services.map((service) => own(service, type));
          expect(new Set(ids.map((each) => each.length)).size, type).to.equal(1);
          expect(ids[0], type).to.not.be.empty;
          expect(new Set(ids.flat()).size, type).to.equal(ids.flat().length);
        }
      });
    });
  }
});
