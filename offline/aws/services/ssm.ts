// Systems Manager: parameters.
import type { Cards } from "../card";
import type { Constraint } from "../../providers/core/rules";
import { physicalName } from "../identifiers";
import { asText, failure } from "../inputs";

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

export const cards: Cards = {
  "aws:ssm/parameter:Parameter": {
    source: "ssm/parameter.go",
    autoname: { property: "name", limit: 1011 },
    computed: {
      arn: (resource) => resource.arn("ssm", `parameter/${physicalName(resource).replace(/^\//, "")}`),
      version: 1,
      tier: "Standard",
      dataType: "text",
    },
    replaces: "dataType name",
    replacesWhen: {
      tier: ({ tier: old }, { tier: now }) => asText(old) === "Advanced" && asText(now) === "Standard",
    },
    constraints: [parameter],
    holds: "a value and its history",
  },
};
