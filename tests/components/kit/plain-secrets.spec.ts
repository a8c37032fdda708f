// What looks like a secret in a plain variable, and what does not.
import { expect } from "chai";
import { allowedPlainProblems, plainSecretProblems, secretTextProblems } from "../../../components/kit";

const place = { path: "environment", remedy: "name it in secrets" };
const refused = (variable: string, value: unknown, allowed: Readonly<Record<string, string>> = {}): boolean =>
  plainSecretProblems(place, { [variable]: value }, allowed).length > 0;
/** Joined, so that no scanner of repositories takes an example for a secret. */
const of = (...parts: readonly string[]): string => parts.join("");

describe("components/kit: secrets in plain variables", () => {
  it("are found by the last words of the name", () => {
    const names = [
      ...[
        "DB_PASSWORD",
        "PASSWORD",
        "MAIL_PASS",
        "DB_PWD",
        "CLIENT_SECRET",
        "GITHUB_TOKEN",
        "AUTH_TOKEN_2",
        "PROVIDER_API_KEY",
      ],
      ...[
        "APIKEY",
        "SIGNING_KEY",
        "SSH_PASSPHRASE",
        "SMTP_CREDENTIALS",
        "Database__Password",
        "apiKey",
        "ENCRYPTION_KEY",
      ],
    ];
    expect(names.filter((name) => !refused(name, "hunter2"))).to.deep.equal([]);
    expect(refused("DB_PASSWORD", "12345")).to.equal(true);
  });

  it("are not what a name says of them", () => {
    const names = [
      ...[
        "TOKEN_URL",
        "PASSWORD_MIN_LENGTH",
        "KEY_PREFIX",
        "TOKEN_TTL",
        "SECRET_NAME",
        "DB_SECRET_ARN",
        "API_KEY_HEADER",
      ],
      ...["MAX_TOKENS", "PARTITION_KEY", "CACHE_KEY", "KEYCLOAK_URL", "COMPASS", "BYPASS_CACHE", "OTEL_SERVICE_NAME"],
    ];
    expect(names.filter((name) => refused(name, "hunter2"))).to.deep.equal([]);
  });

  it("are no empty text, no yes or no, no path, and no name of a secret", () => {
    const arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db-AbCdEf";
    const values = ["", "true", "False", "off", "/run/secrets/token", arn];
    expect(values.filter((value) => refused("AUTH_TOKEN", value))).to.deep.equal([]);
    expect(refused("AUTH_TOKEN", undefined)).to.equal(false);
  });

  it("are found by the form of the value, whatever the name is", () => {
    const values = [
      of("AKIA", "IOSFODNN7EXAMPLE"),
      of("ghp_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
      of("glpat-", "a1B2c3D4e5F6g7H8i9J0"),
      of("sk_", "live_0123456789abcdef"),
      of("xoxb-", "123456789012-abcdef"),
      of("AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"),
      of("npm_", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
      of("-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"),
      of("eyJhbGciOiJSUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0", ".c2lnbmF0dXJl"),
      "postgres://app:hunter2@db.example.com/shop",
      "Server=db;User Id=app;Password=hunter2;",
      "host=db user=app password=hunter2",
      "authorization=Bearer abcdefgh12345678",
    ];
    expect(values.filter((value) => !refused("SETTING", value))).to.deep.equal([]);
    const harmless = [
      "https://example.com/a?b=c",
      "postgres://app@db.example.com/shop",
      "amqp://mq:5672",
      "key=value",
      "sk-1",
    ];
    expect(harmless.filter((value) => refused("SETTING", value))).to.deep.equal([]);
  });

  it("are random texts that are called a key, and no public keys", () => {
    const random = "q7R8s9T0u1V2w3X4y5Z6a7B8";
    expect([refused("PARTNER_KEY", random), refused("PASSWORD_SALT", random)]).to.deep.equal([true, true]);
    const others = [
      ["PUBLIC_KEY", random],
      ["STRIPE_PUBLISHABLE_KEY", random],
      ["PARTNER_KEY", "tenant-identifier"],
      ["BUILD_ID", random],
    ] as const;
    expect(others.filter(([name, value]) => refused(name, value))).to.deep.equal([]);
  });

  it("are never shown, and are allowed by a reason", () => {
    expect(plainSecretProblems(place, { DB_PASSWORD: "hunter2", REGION: "x" })).to.deep.equal([
      {
        path: "environment.DB_PASSWORD",
        value: "[not shown]",
        allowed: "no secret, which everybody could read: its name says that it is a secret",
        remedy: "name it in secrets",
      },
    ]);
    const allowed = { DB_PASSWORD: "of a sandbox that everybody may use", GONE: "it was there", MAIL_PASS: " " };
    expect(refused("DB_PASSWORD", "hunter2", allowed)).to.equal(false);
    const paths = allowedPlainProblems("allow", { DB_PASSWORD: "hunter2", MAIL_PASS: "x" }, allowed).map(
      ({ path }) => path,
    );
    expect(paths).to.deep.equal(["allow.GONE", "allow.MAIL_PASS"]);
  });

  it("are found in any text by their form", () => {
    const text = JSON.stringify({ order: "https://u:p4ss@registry.example.com/order:1" });
    expect(secretTextProblems({ path: "images", remedy: "r" }, text)).to.deep.equal([
      {
        path: "images",
        value: "[not shown]",
        allowed: "no secret: this has the form of an address with a password",
        remedy: "r",
      },
    ]);
    expect(secretTextProblems({ path: "images", remedy: "r" }, "111122223333.dkr.ecr/x:1")).to.deep.equal([]);
  });
});
