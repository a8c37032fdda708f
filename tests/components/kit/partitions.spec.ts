import { expect } from "chai";
import {
  accessLogPrincipal,
  endpointServiceName,
  placementProblems,
  servicePrincipal,
  viaService,
} from "../../../components/kit";
import { Cache } from "../../../components/aws/cache";
import { Cluster } from "../../../components/aws/cluster";
import { Firewall } from "../../../components/aws/gateway";
import { EventRegistry, Messaging } from "../../../components/aws/messaging";
import { Network } from "../../../components/aws/network";
import { AlarmTopic } from "../../../components/aws/observability";
import { GeneratedSecrets } from "../../../components/aws/secret";
import { ObjectStore } from "../../../components/aws/storage";
import { deploy } from "../../../offline/providers/mocks";

const china = { partition: "aws-cn", region: "cn-north-1", accountId: "111122223333" };
const mistaken = { ...china, partition: "aws" };

describe("base: partitions", () => {
  it("name what is called otherwise in China", () => {
    expect(servicePrincipal("logs", china)).to.equal("logs.cn-north-1.amazonaws.com.cn");
    expect(servicePrincipal("ecs-tasks", china)).to.equal("ecs-tasks.amazonaws.com");
    expect(viaService("sqs", china)).to.equal("sqs.cn-north-1.amazonaws.com.cn");
    expect(accessLogPrincipal(china)).to.deep.equal({ AWS: "arn:aws-cn:iam::638102146993:root" });
    expect(endpointServiceName("ecr.api", "Interface", china)).to.equal("cn.com.amazonaws.cn-north-1.ecr.api");
    expect(endpointServiceName("s3", "Gateway", china)).to.equal("com.amazonaws.cn-north-1.s3");
  });

  it("refuse a partition that the region does not lie in, and a region that nobody knows", () => {
    expect(placementProblems(china)).to.deep.equal([]);
    expect(placementProblems(mistaken)).to.deep.equal([
      {
        path: "placement.partition",
        value: "aws",
        allowed: '"aws-cn", in which cn-north-1 lies',
        remedy: "correct the partition or the region",
      },
    ]);
    expect(placementProblems({ ...china, region: "cn-north-9" }).map(({ path }) => path)).to.deep.equal([
      "placement.region",
    ]);
  });

  const network = {
    vpcId: "vpc-1",
    cidr: "10.0.0.0/16",
    privateSubnetIds: ["subnet-1"],
    isolatedSubnetIds: ["subnet-2"],
  };
  const components: Readonly<Record<string, () => unknown>> = {
    Network: () =>
      new Network("it", { placement: mistaken, cidr: "10.0.0.0/16", zones: ["cn-north-1a", "cn-north-1b"] }),
    Cluster: () => new Cluster("it", { placement: mistaken, network }),
    Firewall: () => new Firewall("it", { placement: mistaken, resourceArn: "arn" }),
    Messaging: () => new Messaging("it", { placement: mistaken, queues: {}, topics: {}, subscriptions: [] }),
    EventRegistry: () => new EventRegistry("it", { placement: mistaken, description: "it", contracts: {} }),
    AlarmTopic: () => new AlarmTopic("it", { placement: mistaken }),
    GeneratedSecrets: () => new GeneratedSecrets("it", { placement: mistaken, secrets: { A: { length: 32 } } }),
    ObjectStore: () => new ObjectStore("it", { placement: mistaken }),
    Cache: () => new Cache("it", { placement: mistaken, network, users: ["a"] }),
  };
  for (const [name, make] of Object.entries(components))
    it(`are checked by ${name}`, async () => {
      const refusal = await deploy(make, { region: "cn-north-1" }).then(
        () => "none",
        (error: unknown) => String(error),
      );
      expect(refusal).to.include("placement.partition");
    });
});
