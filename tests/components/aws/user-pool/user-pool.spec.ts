import { expect } from "chai";
import { UserPool, type UserPoolArgs, validateUserPool } from "../../../../components/aws/user-pool";
import { defaultDomainPrefix, isDomainPrefix, isReturnUrl } from "../../../../components/kit/sign-in";
import { deploy, outputOf } from "../../../../offline/providers/mocks";
import { violationsIn } from "../../../policy/support/judged";
import { childrenOf, paths, placement } from "../database/support";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const args: UserPoolArgs = {
  placement,
  domainPrefix: "shop-prod-3f1c",
  clients: {
    web: { callbackUrls: ["https://shop.example.com/signed-in"] },
    mobile: { callbackUrls: ["shop://signed-in"], scopes: ["orders/read", "orders/write"] },
  },
};
const deployed = (more: Partial<UserPoolArgs> = {}) => deploy(() => new UserPool("people", { ...args, ...more }));

describe("UserPool", () => {
  it("is a pool with a sign-in page, a resource server for each part before a slash, and a client for each program", async () => {
    const deployment = await deployed();
    expect(childrenOf(deployment, deployment.one("archipelago:user-pool:UserPool"))).to.deep.equal([
      "ResourceServer people-mobile",
      "ResourceServer people-orders",
      "ResourceServer people-web",
      "UserPool people",
      "UserPoolClient people-mobile",
      "UserPoolClient people-web",
      "UserPoolDomain people",
    ]);
  });

  it("asks for a long password and a second factor, lets administrators alone create accounts, and can't be deleted", async () => {
    const { inputs } = (await deployed()).one(POOL);
    expect(inputs).to.deep.include({
      mfaConfiguration: "ON",
      softwareTokenMfaConfiguration: { enabled: true },
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      deletionProtection: "ACTIVE",
      userPoolTier: "ESSENTIALS",
    });
    expect(inputs.passwordPolicy).to.deep.include({ minimumLength: 12, requireSymbols: true });
    const weak = (
      await deployed({ mfa: "optional", selfSignUp: true, protectData: false, threatProtection: "enforced" })
    ).one(POOL);
    expect(weak.inputs).to.deep.include({
      mfaConfiguration: "OPTIONAL",
      adminCreateUserConfig: { allowAdminCreateUserOnly: false },
      deletionProtection: "INACTIVE",
      userPoolTier: "PLUS",
      userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
    });
  });

  it("gives clients no secret, the code flow alone, and no scope of another client", async () => {
    const clients = (await deployed()).resources.filter(({ type }) => type === CLIENT);
    for (const { inputs } of clients) {
      expect(inputs).to.deep.include({
        generateSecret: false,
        allowedOauthFlows: ["code"],
        explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
        refreshTokenValidity: 30 * 24 * 60,
      });
    }
    expect(clients.map(({ name, inputs }) => [name, inputs.allowedOauthScopes])).to.deep.equal([
      ["people-web", ["email", "openid", "profile", "web/access"]],
      ["people-mobile", ["email", "openid", "profile", "mobile/access", "orders/read", "orders/write"]],
    ]);
  });

  it("hands out issuer, keys, clients and the address of its sign-in page", async () => {
    const deployment = await deployed();
    const { result } = deployment;
    const issuer = await outputOf(result.issuer);
    expect(issuer).to.match(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_[A-Za-z0-9]{9}$/);
    expect(await outputOf(result.jwksEndpoint)).to.equal(`${issuer}/.well-known/jwks.json`);
    expect(await outputOf(result.signInUrl)).to.equal("https://shop-prod-3f1c.auth.us-east-1.amazoncognito.com");
    expect(Object.keys(result.clientIds)).to.deep.equal(["web", "mobile"]);
  });

  it("violates no rule of any pack", async () => {
    expect(await violationsIn((await deployed()).resources)).to.deep.equal([]);
  });

  it("refuses bad arguments, all at once", () => {
    const callbackUrls = ["http://shop.example.com", "https://shop.example.com/#here", "javascript://x", "https://*.a"];
    expect(
      paths(
        validateUserPool({
          ...args,
          domainPrefix: "my-cognito",
          signInEvery: "30m",
          clients: { Web: { callbackUrls, scopes: ["openid"] }, app: { callbackUrls: [] } },
        }),
      ),
    ).to.deep.equal([
      "domainPrefix",
      "signInEvery",
      "clients.Web",
      ...callbackUrls.map((_, at) => `clients.Web.callbackUrls[${at}]`),
      "clients.Web.scopes[0]",
      "clients.app.callbackUrls",
    ]);
    expect(paths(validateUserPool({ ...args, clients: {} }))).to.deep.equal(["clients"]);
    expect(paths(validateUserPool(args))).to.deep.equal([]);
  });

  it("takes http on localhost only, and schemes of apps", () => {
    expect(
      ["http://localhost", "http://localhost:3000/in", "shop://in", "com.example.shop://in"].filter(isReturnUrl),
    ).to.have.lengthOf(4);
    expect(
      ["http://localhost.example.com", "http://127.0.0.1/", "ftp//x", "data://x"].filter(isReturnUrl),
    ).to.deep.equal([]);
  });

  it("has a default prefix that Cognito takes, whatever a system is called", () => {
    for (const [system, environment] of [
      ["aws-shop", "prod"],
      ["cognito", "amazon"],
      ["amazonaws", "aws"],
      ["a".repeat(60), "prod"],
      ["amaawszon", "dev"],
    ] as const)
      expect(defaultDomainPrefix(system, environment, "1/eu"), system).to.satisfy(isDomainPrefix);
    expect(defaultDomainPrefix("shop", "prod", "1/eu")).to.not.equal(defaultDomainPrefix("shop", "prod", "2/eu"));
  });
});
