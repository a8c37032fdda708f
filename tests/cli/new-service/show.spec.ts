// How the review of a new service reads, over resources written out here.
import { expect } from "chai";
import { differenceOf } from "../../../cli/new-service/difference";
import { labelsOf } from "../../../cli/new-service/labels";
import { reviewLines } from "../../../cli/new-service/show";
import type { Registered } from "../../../offline/providers/mocks";

const STACK = "urn:pulumi:local::archipelago::pulumi:pulumi:Stack::archipelago-local";

interface Given {
  readonly inputs?: Registered["inputs"];
  readonly outputs?: Registered["outputs"];
  readonly parent?: string;
}

function resource(type: string, name: string, { inputs = {}, outputs = {}, parent = STACK }: Given = {}): Registered {
  const urn = `urn:pulumi:local::archipelago::${type}::${name}`;
  return {
    type,
    name,
    urn,
    inputs,
    outputs,
    parent,
    dependencies: [],
    propertyDependencies: {},
    aliases: [],
    options: {},
  };
}

const service = resource("archipelago:microservice:Microservice", "review");
const key = resource("archipelago:base:EncryptionKey", "review-key", { parent: service.urn });
const inService = { parent: service.urn };
const balancer = resource("aws:ec2/securityGroup:SecurityGroup", "alb", { outputs: { id: "sg-00000001" } });
const tasks = resource("aws:ec2/securityGroup:SecurityGroup", "review-tasks", {
  ...inService,
  outputs: { id: "sg-00000002" },
});

const role = resource("aws:iam/role:Role", "review-task", {
  ...inService,
  inputs: {
    assumeRolePolicy: JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
    }),
  },
  outputs: {
    id: "review-task-1a2b3c4",
    name: "review-task-1a2b3c4",
    arn: "arn:aws:iam::111122223333:role/review-task-1a2b3c4",
  },
});

const queue = resource("aws:sqs/queue:Queue", "messaging-jobs", {
  outputs: {
    arn: "arn:aws:sqs:eu-central-1:111122223333:messaging-jobs-5d6e7f8",
    url: "https://sqs/messaging-jobs-5d6e7f8",
  },
});

function holds(statement: object): Registered {
  return resource("aws:iam/rolePolicy:RolePolicy", "review-task-policy", {
    ...inService,
    inputs: { role: "review-task-1a2b3c4", policy: JSON.stringify({ Statement: statement }) },
  });
}

/** The lines of a review in which all of `created` is new beside the balancer's group and the queue. */
function review(...created: readonly Registered[]): string[] {
  const existing = [balancer, queue];
  const up = [...existing, ...created];
  return reviewLines("local", differenceOf(existing, up, up), labelsOf(up));
}

/** What stands under a title. */
function part(lines: readonly string[], title: string): readonly string[] {
  const start = lines.indexOf(title) + 1;
  if (start === 0) return [];
  const end = lines.indexOf("", start);
  return lines.slice(start, end < 0 ? lines.length : end);
}

describe("the review of a new service", () => {
  it("says when nothing is new and nothing changes", () => {
    expect(review()).to.deep.equal(["what local would get with it: 0 new resources", "nothing that exists changes"]);
  });

  it("lists new resources under the component that a team wrote, what it is made of with it", () => {
    const alone = resource("aws:kms/alias:Alias", "alias");
    const inKey = resource("aws:kms/key:Key", "review-key-key", { parent: key.urn });
    expect(review(service, key, tasks, role, inKey, alone)).to.deep.equal([
      "what local would get with it: 4 new resources",
      "nothing that exists changes",
      "",
      "new resources",
      "  (the stack itself): 1 resource",
      "    kms:Alias  alias",
      "  review (Microservice): 3 resources",
      "    ec2:SecurityGroup  review-tasks",
      "    iam:Role           review-task",
      "    kms:Key            review-key-key",
      "",
      "rights of new roles",
      "  review-task, for ecs-tasks.amazonaws.com",
    ]);
  });

  it("tells each statement of a role with the names of what it is about", () => {
    const policy = holds([
      { Effect: "Allow", Action: ["sqs:DeleteMessage", "sqs:ReceiveMessage"], Resource: queue.outputs.arn },
      {
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: ["arn:aws:s3:::own/*", "arn:aws:sqs:eu-central-1:444455556666:messaging-jobs"],
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
      { Effect: "Deny", NotAction: "iam:GetRole", NotResource: "*" },
    ]);
    const attached = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "review-managed", {
      ...inService,
      inputs: { role: "review-task-1a2b3c4", policyArn: "arn:aws:iam::aws:policy/service-role/Monitoring" },
    });
    expect(part(review(service, role, policy, attached), "rights of new roles")).to.deep.equal([
      "  review-task, for ecs-tasks.amazonaws.com",
      "    sqs:DeleteMessage, ReceiveMessage  messaging-jobs",
      "    s3:GetObject                       arn:aws:s3:::own/*,",
      "                                       arn:aws:sqs:eu-central-1:444455556666:messaging-jobs",
      "                                       if Bool aws:SecureTransport true",
      "    never everything but iam:GetRole   anything but *",
      "    all that AWS's Monitoring allows",
    ]);
  });

  it("tells a rule by the groups' names, its direction, protocol, ports and peer", () => {
    const rule = (way: "Ingress" | "Egress", name: string, inputs: Registered["inputs"]): Registered =>
      resource(`aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`, name, { ...inService, inputs });
    const rules = [
      rule("Egress", "b", { securityGroupId: "sg-00000002", ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" }),
      rule("Ingress", "a", {
        securityGroupId: "sg-00000002",
        ipProtocol: "tcp",
        fromPort: 8080,
        toPort: 8080,
        referencedSecurityGroupId: "sg-00000001",
      }),
      rule("Egress", "c", {
        securityGroupId: "sg-00000001",
        ipProtocol: "udp",
        fromPort: 1,
        toPort: 9,
        referencedSecurityGroupId: "sg-00000002",
      }),
    ];
    expect(part(review(service, tasks, ...rules), "new security-group rules")).to.deep.equal([
      "  alb           out  udp 1-9 to review-tasks",
      "  review-tasks  in   tcp 8080 from alb",
      "  review-tasks  out  all to 10.0.0.0/16",
    ]);
  });

  it("shows each container's variables, and where its secrets come from", () => {
    const secret = resource("aws:secretsmanager/secret:Secret", "review-token", {
      ...inService,
      outputs: { arn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:review-token-1a2b3c4-AbCdEf" },
    });
    const task = resource("aws:ecs/taskDefinition:TaskDefinition", "review-task", {
      ...inService,
      inputs: {
        containerDefinitions: JSON.stringify([
          {
            name: "review",
            environment: [{ name: "JOBS_QUEUE_URL", value: queue.outputs.url }],
            secrets: [{ name: "TOKEN", valueFrom: secret.outputs.arn }],
          },
        ]),
      },
    });
    expect(part(review(service, secret, task), "environment of review")).to.deep.equal([
      "  JOBS_QUEUE_URL  URL of messaging-jobs",
      "  TOKEN           secret review-token",
    ]);
  });

  it("names what exists and would change or go", () => {
    const before = [balancer, { ...queue, inputs: { policy: "a", name: "n" } }, tasks];
    const after = [balancer, { ...queue, inputs: { name: "n", policy: "b", delay: 1 } }];
    expect(reviewLines("prod", differenceOf(before, after, after), labelsOf(after))).to.deep.equal([
      "what prod would get with it: 0 new resources",
      "1 existing resource would change",
      "  sqs:Queue  messaging-jobs: delay, policy",
      "1 existing resource would be deleted",
      "  ec2:SecurityGroup  review-tasks",
    ]);
  });

  it("keeps to 100 columns where words allow it", () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      resource("aws:sqs/queue:Queue", `review-queue-${at}`, inService),
    );
    const long = holds({ Effect: "Allow", Action: many.map(({ name }) => `sqs:${name}`), Resource: "*" });
    const lines = review(service, ...many, role, long);
    expect(lines.filter((line) => line.length > 100)).to.deep.equal([]);
    const listed = part(lines, "new resources")
      .join(" ")
      .match(/review-queue-\d+/g);
    expect(new Set(listed)).to.deep.equal(new Set(many.map(({ name }) => name)));
  });
});
