// The authorizer of a REST API, against an issuer whose keys a real HTTP server hands out.
import { expect } from "chai";
import { createServer, type Server } from "node:http";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { bundled } from "../../../components/aws/function";
import {
  authorize,
  type AuthorizerAnswer,
  type AuthorizerConfig,
  configFrom,
} from "../../../infra/functions/token-authorizer/authorizer";

const ISSUER = "https://id.example.com";
const methodArn = "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1/GET/api/orders/1";
const ORDERS = "/api/orders/{proxy+}";
const PROFILE = "/api/profile";

describe("the authorizer of a REST API, against an issuer", () => {
  let server: Server;
  let signer: CryptoKey;
  let stranger: CryptoKey;
  let status = 200;
  let config: AuthorizerConfig;
  let keys: ReturnType<typeof createRemoteJWKSet>;

  before(async () => {
    const pair = await generateKeyPair("RS256", { extractable: true });
    signer = pair.privateKey;
    stranger = (await generateKeyPair("RS256")).privateKey;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: "first", alg: "RS256", use: "sig" };
    server = createServer((_, response) => response.writeHead(status).end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    config = configFrom({
      TOKEN_ISSUER: ISSUER,
      JWKS_ENDPOINT: `http://127.0.0.1:${port}/keys`,
      ROUTE_RULES: JSON.stringify({
        [ORDERS]: { audience: "shop", scopes: ["orders.read", "orders.write"] },
        [PROFILE]: { audience: "shop", scopes: [] },
      }),
    });
  });
  beforeEach(() => {
    status = 200;
    keys = createRemoteJWKSet(new URL(config.jwksEndpoint));
  });
  after(() => server.close());

  const signed = (claims: JWTPayload = {}, { key = signer, kid = "first", exp = "5m" } = {}): Promise<string> => {
    const all = { iss: ISSUER, aud: "shop", sub: "person-1", scope: "openid orders.read", ...claims };
    return new SignJWT(all).setProtectedHeader({ alg: "RS256", kid }).setIssuedAt().setExpirationTime(exp).sign(key);
  };
  const ask = (header: string | undefined, resource = ORDERS, settings = config): Promise<AuthorizerAnswer> =>
    authorize(
      { methodArn, resource, headers: header === undefined ? null : { authorization: header } },
      settings,
      keys,
    );
  const effect = async (answer: Promise<AuthorizerAnswer>): Promise<string> =>
    (await answer).policyDocument.Statement[0].Effect;

  it("allows this request to a token of the issuer with audience and one of the scopes", async () => {
    expect(await ask(`Bearer ${await signed()}`)).to.deep.equal({
      principalId: "person-1",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
      },
      context: { challenge: "" },
    });
    for (const claims of [{ aud: ["other", "shop"] }, { scope: "orders.write" }, { scope: "", scp: ["orders.read"] }])
      expect(await effect(ask(`bearer ${await signed(claims)}`)), JSON.stringify(claims)).to.equal("Allow");
    expect(await effect(ask(`Bearer ${await signed({ scope: "openid" })}`, PROFILE))).to.equal("Allow");
  });

  it("takes the audience from the claim that the settings name", async () => {
    const settings = { ...config, audienceClaim: "client_id" };
    const token = await signed({ aud: "other", client_id: "shop" });
    expect(await effect(ask(`Bearer ${token}`, PROFILE, settings))).to.equal("Allow");
    expect(await effect(ask(`Bearer ${token}`, PROFILE))).to.equal("Deny");
  });

  it("denies a token of another issuer, audience, key, time or form, without an error", async () => {
    const unsecured = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(
      JSON.stringify({ iss: ISSUER, aud: "shop", exp: 9_999_999_999, scope: "orders.read" }),
    ).toString("base64url")}.`;
    const shared = await new SignJWT({ iss: ISSUER, aud: "shop", scope: "orders.read" })
      .setProtectedHeader({ alg: "HS256", kid: "first" })
      .setExpirationTime("5m")
      .sign(Buffer.alloc(32));
    const everlasting = await new SignJWT({ iss: ISSUER, aud: "shop", scope: "orders.read" })
      .setProtectedHeader({ alg: "RS256", kid: "first" })
      .sign(signer);
    const [head = "", , signature = ""] = (await signed()).split(".");
    const [, body = ""] = (await signed({ sub: "admin" })).split(".");
    const bad: Readonly<Record<string, string>> = {
      issuer: await signed({ iss: "https://other.example.com" }),
      audience: await signed({ aud: "other" }),
      "no audience": await signed({ aud: [] }),
      "key of a stranger": await signed({}, { key: stranger }),
      "unknown key": await signed({}, { kid: "second" }),
      expired: await signed({}, { exp: "-1m" }),
      "not yet valid": await signed({ nbf: Math.floor(Date.now() / 1000) + 600 }),
      "without an end": everlasting,
      unsecured,
      "shared secret": shared,
      changed: [head, body, signature].join("."),
      text: "abc",
    };
    for (const [what, token] of Object.entries(bad)) {
      const answer = await ask(`Bearer ${token}`);
      expect(answer.policyDocument.Statement[0].Effect, what).to.equal("Deny");
      expect(answer.context.challenge, what).to.equal('Bearer error="invalid_token"');
    }
  });

  it("says which scope is missing", async () => {
    const { policyDocument, context } = await ask(`Bearer ${await signed({ scope: "orders.readonly openid" })}`);
    expect(policyDocument.Statement[0].Effect).to.equal("Deny");
    expect(context.challenge).to.equal('Bearer error="insufficient_scope", scope="orders.read orders.write"');
  });

  it("denies a request without a bearer token, and one to a resource without a rule", async () => {
    const token = await signed();
    for (const header of [undefined, "", "Basic abc", "Bearer", `Bearer ${token} ${token}`])
      expect((await ask(header)).context.challenge).to.equal("Bearer");
    for (const resource of ["/api/other", "toString", "__proto__"])
      expect(await effect(ask(`Bearer ${token}`, resource)), resource).to.equal("Deny");
  });

  it("fails when the keys can't be read: that is an outage, and no bad token", async () => {
    status = 503;
    const error: unknown = await ask(`Bearer ${await signed()}`).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Error);
  });

  it("is one file that needs nothing but Node", async () => {
    const text = bundled(join(__dirname, "../../../infra/functions/token-authorizer/index.ts"));
    const needed = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    expect(needed.filter((name) => !isBuiltin(name))).to.deep.equal([]);
    const folder = await mkdtemp(join(tmpdir(), "authorizer-"));
    const request = { methodArn, resource: ORDERS, headers: { Authorization: `Bearer ${await signed()}` } };
    const rules = JSON.stringify(config.rules);
    const env = { ...process.env, TOKEN_ISSUER: ISSUER, JWKS_ENDPOINT: config.jwksEndpoint, ROUTE_RULES: rules };
    await writeFile(join(folder, "index.js"), text);
    const script = `require("./index.js").handler(${JSON.stringify(request)}).then((it) => console.log(JSON.stringify(it)))`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: folder, env });
    expect(stdout).to.contain('"Effect":"Allow"');
    await rm(folder, { recursive: true });
  });

  it("names every variable that is missing or wrong", () => {
    expect(() => configFrom({ AUDIENCE_CLAIM: "" })).to.throw(
      "TOKEN_ISSUER, JWKS_ENDPOINT, AUDIENCE_CLAIM, ROUTE_RULES",
    );
    for (const rules of ["[]", "{}", "null", '{"/a":{"audience":"","scopes":[]}}', '{"/a":{"audience":"shop"}}'])
      expect(
        () => configFrom({ TOKEN_ISSUER: ISSUER, JWKS_ENDPOINT: "https://a/b", ROUTE_RULES: rules }),
        rules,
      ).to.throw(": ROUTE_RULES");
  });
});
