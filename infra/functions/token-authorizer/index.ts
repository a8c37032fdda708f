// API Gateway calls `handler` with each request to a route with JWT validation. A bad token is an answer and no error: the function fails only when the
// issuer's keys can't be read, so that its alarm means an outage.
import { createRemoteJWKSet } from "jose";
import { authorize, type AuthorizerAnswer, type AuthorizerRequest, configFrom } from "./authorizer";

const config = configFrom(process.env);
// Keys stay in memory between calls. They are read again for a token with an unknown key, every 30 seconds at most.
const keys = createRemoteJWKSet(new URL(config.jwksEndpoint), { timeoutDuration: 3000, cacheMaxAge: 600_000 });

/** @throws Error when the keys can't be read */
export async function handler(request: AuthorizerRequest): Promise<AuthorizerAnswer> {
  return await authorize(request, config, keys);
}
