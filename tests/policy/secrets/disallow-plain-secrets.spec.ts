import { expect } from "chai";
import { disallowPlainSecrets } from "../../../policy/rules/secrets/disallow-plain-secrets";
import { secretLike } from "../../../policy/rules/secrets/secret-like";
import { messages, resource, specify, unknown } from "../support";
import { ELSEWHERE, task, UNREAD } from "../workloads/tasks";

const BY_NAME = '"a plain text under the name of a secret"';
const BY_FORM = '"a plain text of the form of a secret"';
const variable = (name: string, value: string) => task({ environment: [{ name, value }] });
const fn = (variables: unknown) => resource("aws:lambda/function:Function", { environment: { variables } });
const build = (type?: string) =>
  resource("aws:codebuild/project:Project", {
    environment: { environmentVariables: [{ name: "DB_PASSWORD", value: "hunter2", ...(type && { type }) }] },
  });

specify(disallowPlainSecrets, {
  compliant: [
    variable("LOG_LEVEL", "debug"),
    task({ secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:eu-central-1:1:secret:a" }] }),
    fn({ SECRET_ARN: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a" }),
    build("SECRETS_MANAGER"),
  ],
  violating: [
    [variable("DB_PASSWORD", "hunter2"), [`it: containerDefinitions[0].environment[0] (DB_PASSWORD) is ${BY_NAME}`]],
    [
      variable("DATABASE", "postgres://app:hunter2@db:5432/app"),
      [`it: containerDefinitions[0].environment[0] (DATABASE) is ${BY_FORM}`],
    ],
    [fn({ apiKey: "abc-123-def" }), [`it: environment.variables.apiKey is ${BY_NAME}`]],
    [build(), [`it: environment.environmentVariables[0] (DB_PASSWORD) is ${BY_NAME}`]],
    [build("PLAINTEXT"), [`it: environment.environmentVariables[0] (DB_PASSWORD) is ${BY_NAME}`]],
    [
      resource("aws:apprunner/service:Service", {
        sourceConfiguration: {
          imageRepository: { imageConfiguration: { runtimeEnvironmentVariables: { AUTH_TOKEN: "abcdef" } } },
        },
      }),
      [
        `it: sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables.AUTH_TOKEN is ${BY_NAME}`,
      ],
    ],
  ],
  notApplicable: [ELSEWHERE],
  missing: [
    [task({}), []],
    [resource("aws:lambda/function:Function", {}), []],
    [variable("DB_PASSWORD", ""), []],
  ],
  unknown: [
    ...UNREAD,
    [fn(unknown), []],
    [fn({ TOKEN: unknown, PASSWORD: "hunter2" }), [`it: environment.variables.PASSWORD is ${BY_NAME}`]],
  ],
});

describe("disallow-plain-secrets, in words", () => {
  it("never shows the secret", async () => {
    const said = await messages(disallowPlainSecrets, variable("DB_PASSWORD", "hunter2"));
    expect(said.length).to.equal(1);
    expect(said.join()).not.to.include("hunter2");
  });

  it("tells secrets from what is about them", () => {
    const plain: readonly (readonly [string, string])[] = [
      ["PASSWORD_FILE", "run/secrets/a"],
      ["SECRET_NAME", "orders/db"],
      ["TOKEN_TTL", "3600"],
      ["MAX_TOKENS", "4096"],
      ["TOKEN_ENDPOINT", "https://id.example.com/token"],
      ["PASSWORD_REQUIRED", "true"],
      ["API_KEY_HEADER", "x-api-key"],
      ["PARTITION_KEY", "order"],
      ["PUBLIC_KEY", "abc"],
      ["ORDERS_URL", "http://orders.local:8080"],
      ["KEYBOARD", "qwertz"],
      ["SECRET", "arn:aws:secretsmanager:eu-central-1:1:secret:a"],
    ];
    expect(plain.filter(([name, value]) => secretLike(name, value) !== undefined)).to.deep.equal([]);
    const secret: readonly (readonly [string, string])[] = [
      ["password", "hunter2"],
      ["dbPassword", "hunter2"],
      ["PGPASSWORD_PWD", "hunter2"],
      ["JWT_SECRET", "abcdef"],
      ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI"],
      ["STRIPE_API_KEY", "abc-def"],
      ["ANYTHING", "AKIAIOSFODNN7EXAMPLE"],
      ["ANYTHING", "-----BEGIN RSA PRIVATE KEY-----\nMII"],
      ["ANYTHING", "redis://:hunter2@cache:6379"],
    ];
    expect(secret.filter(([name, value]) => secretLike(name, value) === undefined)).to.deep.equal([]);
  });
});
