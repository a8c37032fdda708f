// Functions, schedules, workflows, dashboards and networks.
import { arn, type Cases, machine, role } from "./semantics-names";

export const runtime: Readonly<Record<string, Cases>> = {
  "aws:lambda/function:Function": {
    right: { role: role("lambda"), handler: "x", runtime: "nodejs22.x", s3Bucket: "code", s3Key: "k" },
    wrong: [
      [{ runtime: "node20" }, ['runtime: "node20" is no runtime: such as nodejs22.x, python3.13 or provided.al2023']],
      [
        { environment: { variables: { AWS_REGION: "x", "a-b": "y" } } },
        [
          'environment.variables["AWS_REGION"]: Lambda sets this itself (InvalidParameterValueException): choose another',
          'environment.variables["a-b"]: a variable\'s name is a letter, and then letters, digits and underscores, two at least',
        ],
      ],
      [
        { environment: { variables: { LARGE: "x".repeat(4096) } } },
        ["environment.variables: 4101 bytes in all, and 4096 are allowed: keep large values in SSM or Secrets Manager"],
      ],
    ],
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    right: { functionName: "f", eventSourceArn: arn("kinesis", "stream/s"), startingPosition: "LATEST" },
    wrong: [
      [
        { startingPosition: null },
        ["startingPosition: is missing: a stream is read from LATEST, TRIM_HORIZON or AT_TIMESTAMP on"],
      ],
      [
        { startingPosition: null, eventSourceArn: arn("sqs", "q") },
        [
          "eventSourceArn: q hides a message for 30 s, and f may take 60 s (InvalidParameterValueException): raise the queue's visibilityTimeoutSeconds, six times the function's timeout",
        ],
      ],
      [
        { startingPosition: null, eventSourceArn: "arn:aws:sqs:eu-central-1:999988887777:q.fifo", batchSize: 11 },
        ["batchSize: 11: a FIFO queue gives 10 messages at once"],
      ],
      [
        { startingPosition: null, eventSourceArn: "arn:aws:sqs:eu-central-1:999988887777:q", batchSize: 11 },
        ["maximumBatchingWindowInSeconds: a batch of 11, more than 10, needs 1 second at least"],
      ],
    ],
  },
  "aws:ec2/instance:Instance": {
    right: { ami: "ami-1", instanceType: "t4g.nano", subnetId: "subnet-a" },
    wrong: [
      [
        { instanceType: "t4g.mega" },
        ['instanceType: "t4g.mega" is not offered: a family and a size, such as t4g.nano'],
      ],
    ],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    right: { scheduleExpression: "rate(5 minutes)" },
    wrong: [
      [
        { scheduleExpression: "rate(1 minutes)" },
        [
          'scheduleExpression: "rate(1 minutes)": a whole number and minute, hour or day after 1, minutes, hours or days after more',
        ],
      ],
      [
        { scheduleExpression: "rate(0 minutes)" },
        [
          'scheduleExpression: "rate(0 minutes)": a whole number and minute, hour or day after 1, minutes, hours or days after more',
        ],
      ],
      [
        { scheduleExpression: "cron(0 12 * * *)" },
        ['scheduleExpression: "cron(0 12 * * *)" has 5 fields: minutes, hours, day of month, month, day of week, year'],
      ],
      [
        { scheduleExpression: "cron(0 12 * * * *)" },
        ['scheduleExpression: "cron(0 12 * * * *)": exactly one of day of month and day of week is "?"'],
      ],
      [
        { scheduleExpression: "at(2027-01-01T00:00:00)" },
        ['scheduleExpression: "at(2027-01-01T00:00:00)" does not match ^(rate\\(.+\\)|cron\\(.+\\))?$'],
      ],
    ],
  },
  "aws:scheduler/schedule:Schedule": {
    right: {
      scheduleExpression: "at(2027-01-01T00:00:00)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: "arn:aws:sqs:eu-central-1:999988887777:q", roleArn: "arn:aws:iam::999988887777:role/r" },
    },
    wrong: [
      [{ scheduleExpression: "at(tomorrow)" }, ['scheduleExpression: "at(tomorrow)": at(yyyy-mm-ddThh:mm:ss)']],
      [{ scheduleExpression: "every day" }, ['scheduleExpression: "every day": one of rate(…), cron(…), at(…)']],
    ],
  },
  "aws:sfn/stateMachine:StateMachine": {
    right: machine({
      A: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        Next: "B",
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }],
      },
      B: { Type: "Succeed" },
    }),
    wrong: [
      [machine({ B: { Type: "Succeed" } }), ['definition.StartAt: "A" is no state of this machine: one of B']],
      [
        machine({ A: { Type: "Pass", Next: "C" } }),
        ['definition.States.A.Next: "C" is no state of this machine: one of A'],
      ],
      [
        machine({ A: { Type: "Pass" } }),
        ["definition.States.A: exactly one of Next and End: true says what comes after it"],
      ],
      [
        machine({ A: { Type: "Job", End: true } }),
        [
          'definition.States.A.Type: "Job" is no type of state: one of Pass, Task, Wait, Parallel, Map, Choice, Succeed, Fail',
        ],
      ],
      [
        machine({ A: { Type: "Task", End: true } }),
        ["definition.States.A.Resource: is missing: a Task names what does the work"],
      ],
      [
        machine({ A: { Type: "Choice", Choices: [{ Next: "X" }], Default: "Y" } }),
        [
          'definition.States.A.Choices[0].Next: "X" is no state of this machine: one of A',
          'definition.States.A.Default: "Y" is no state of this machine: one of A',
        ],
      ],
      [
        machine({ A: { Type: "Map", ItemProcessor: { StartAt: "I", States: {} }, End: true } }),
        ["definition.States.A.ItemProcessor.States: is missing: a machine has one state at least"],
      ],
      [{ definition: "{" }, ["definition: is not JSON: write the document with JSON.stringify"]],
    ],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    right: { alarmName: "c", alarmRule: "ALARM(a) OR ALARM(b)" },
    wrong: [
      [
        { alarmRule: Array.from({ length: 101 }, (_, index) => `ALARM(a${index})`).join(" OR ") },
        ["alarmRule: 101 alarms: a composite alarm is made of at most 100, so make several"],
      ],
    ],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    right: { dashboardName: "d", dashboardBody: JSON.stringify({ widgets: [] }) },
    wrong: [
      [{ dashboardBody: "{" }, ['dashboardBody: "{" is not JSON']],
      [{ dashboardBody: "[]" }, ["dashboardBody.widgets: is missing: a dashboard is an object with a list of widgets"]],
    ],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    right: { vpcId: "vpc-1", name: "web", description: "Callers (of the web), 1/2" },
    wrong: [
      [
        { name: "web+ü" },
        ['name: "web+ü": up to 255 ASCII letters, digits and any of ._-:/()#,@[]+=&;{}!$*, and not "sg-" first'],
      ],
      [
        { description: "Zugriff für alle" },
        ['description: "Zugriff für alle": ASCII letters, digits, blanks and any of ._-:/()#,@[]+=&;{}!$* only'],
      ],
    ],
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    right: { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-central-1.s3" },
    wrong: [
      [
        { serviceName: "com.amazonaws.us-east-1.s3" },
        [
          "serviceName: a service of us-east-1, and the endpoint is of eu-central-1 (InvalidServiceName): name com.amazonaws.eu-central-1.s3, or set serviceRegion",
        ],
      ],
      [
        { serviceName: "com.amazonaws.eu-central-1.sqs" },
        ["vpcEndpointType: sqs has no gateway endpoint, s3, dynamodb, s3express have: set it to Interface"],
      ],
      [
        { subnetIds: ["subnet-a"] },
        ["subnetIds: a gateway endpoint is reached by routes: leave it out, or set vpcEndpointType to Interface"],
      ],
    ],
  },
};
