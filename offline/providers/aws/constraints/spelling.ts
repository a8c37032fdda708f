// What is written in a name, an address or a description, where a service has rules of its own.
import { createRequire } from "node:module";
import { isIPv4, isIPv6 } from "node:net";
import { join } from "node:path";
import type { Constraint } from "../../core/rules";
import { failure, textsAt } from "./support";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const SPOKEN = /^[A-Za-z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/;

const group: Constraint = function* ({ text }) {
  const [name, description] = [text("name"), text("description")];
  if (name !== undefined && (/^sg-/i.test(name) || !SPOKEN.test(name) || name.length > 255))
    yield failure(
      "name",
      `"${name}": up to 255 ASCII letters, digits and any of ._-:/()#,@[]+=&;{}!$*, and not "sg-" first`,
    );
  if (description !== undefined && !SPOKEN.test(description))
    yield failure(
      "description",
      `"${description}": ASCII letters, digits, blanks and any of ._-:/()#,@[]+=&;{}!$* only`,
    );
};

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
const repository: Constraint = function* ({ text }) {
  const name = text("name");
  if (
    name !== undefined &&
    !(
      /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name) &&
      name.length > 1 &&
      name.length <= 256
    )
  )
    yield failure("name", `"${name}": 2 to 256 lower-case letters and digits, with single ., _, - or / between them`);
};

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html, in bytes. */
const PARAMETER = { standard: 4096, advanced: 8192 } as const;

const parameter: Constraint = function* ({ text }) {
  const [name, value] = [text("name"), text("value") ?? text("insecureValue")];
  if (name !== undefined && (/^\/?(aws|ssm)/i.test(name) || !/^[\w./-]+$/.test(name)))
    yield failure("name", `"${name}": letters, digits and any of _.-/, and neither "aws" nor "ssm" first`);
  const tier = text("tier") ?? "Standard";
  const most = tier === "Standard" ? PARAMETER.standard : PARAMETER.advanced;
  const size = Buffer.byteLength(value ?? "");
  if (size > most)
    yield failure(
      "value",
      `${size} bytes, and a parameter of tier ${tier} may have ${most}${tier === "Standard" ? ": set tier to Advanced, which has 8192" : ""}`,
    );
};

const record: Constraint = function* ({ inputs, text }) {
  const type = text("type") ?? "";
  const fits: Readonly<Record<string, readonly [(value: string) => boolean, string]>> = {
    A: [(value) => isIPv4(value), "an IPv4 address, such as 192.0.2.1"],
    AAAA: [(value) => isIPv6(value), "an IPv6 address, such as 2001:db8::1"],
    MX: [(value) => /^\d+ \S+$/.test(value), 'a priority and a host, such as "10 mail.example.com"'],
    SRV: [(value) => /^\d+ \d+ \d+ \S+$/.test(value), "priority, weight, port and host"],
    CAA: [(value) => /^\d+ \w+ ".*"$/.test(value), 'a flag, a tag and a value, such as 0 issue "amazon.com"'],
  };
  const values = textsAt(inputs, "records");
  const [test, form] = fits[type] ?? [];
  if (test !== undefined)
    for (const { value, at } of values)
      if (!test(value)) yield failure(at, `"${value}": a record of type ${type} is ${form ?? ""}`);
  if (type === "CNAME" && values.length > 1) yield failure("records", `${values.length}: a CNAME has one value`);
};

const REQUIRE = createRequire(join(__dirname, "x.js"));

/** Policies that AWS keeps. The SDK knows those of its day, so only what one of them begins with is taken for a mistake. */
const attachment: Constraint = function* ({ text }) {
  const arn = text("policyArn") ?? "";
  if (!arn.startsWith("arn:aws:iam::aws:policy/")) return;
  const { ManagedPolicy } = REQUIRE("@pulumi/aws/types/enums/iam") as {
    readonly ManagedPolicy: Readonly<Record<string, string>>;
  };
  const known = Object.values(ManagedPolicy);
  const whole = known.includes(arn) ? undefined : known.find((each) => each.startsWith(arn));
  if (whole !== undefined)
    yield failure("policyArn", `AWS has no policy "${arn}" (NoSuchEntity); did you mean "${whole}"?`);
};

export const spelling: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:ec2/securityGroup:SecurityGroup": [group],
  "aws:ecr/repository:Repository": [repository],
  "aws:ssm/parameter:Parameter": [parameter],
  "aws:route53/record:Record": [record],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [attachment],
};
