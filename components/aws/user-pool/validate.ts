// Everything that is wrong with the arguments of a user pool. Pure.
import { isDomainPrefix, isReturnUrl } from "../../kit/sign-in";
import { durationWithin, type Problem, unless } from "../../kit";
import type { ClientSettings, UserPoolArgs } from "./args";

/** Scope that a client alone may ask for: a token with it was made for this client. */
export const clientScope = (client: string): string => `${client}/access`;

/** A client has 50 scopes, of which it has four and its own already. */
const MOST_SCOPES = 40;
const MOST_URLS = 100;
/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateResourceServer.html */
const SCOPE = /^[^\s/"\\]{1,256}\/[^\s/"\\]{1,256}$/;

/** All problems at once. */
export function validateUserPool({ clients, domainPrefix, signInEvery }: UserPoolArgs): Problem[] {
  return [
    ...unless(Object.keys(clients).length > 0, {
      path: "clients",
      value: clients,
      allowed: "at least one client: nobody signs in without one",
      remedy: "name a client",
    }),
    ...unless(isDomainPrefix(domainPrefix), {
      path: "domainPrefix",
      value: domainPrefix,
      allowed: "lower-case letters, digits and dashes, at most 63, without aws, amazon and cognito",
      remedy: "choose another prefix",
    }),
    ...(signInEvery === undefined ? [] : durationWithin("signInEvery", signInEvery, "1h", "365d")),
    ...Object.entries(clients).flatMap(([name, client]) => clientProblems(`clients.${name}`, name, client)),
  ];
}

function clientProblems(
  path: string,
  name: string,
  { callbackUrls, logoutUrls = [], scopes = [] }: ClientSettings,
): Problem[] {
  return [
    ...unless(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), {
      path,
      value: name,
      allowed: "lower-case letters, digits and single dashes, a letter first",
      remedy: 'name it like "web"',
    }),
    ...unless(callbackUrls.length >= 1, {
      path: `${path}.callbackUrls`,
      value: callbackUrls,
      allowed: `1 to ${MOST_URLS} URLs`,
      remedy: "name the page that people come back to when they have signed in",
    }),
    ...Object.entries({ callbackUrls, logoutUrls }).flatMap(([key, urls]) => [
      ...unless(urls.length <= MOST_URLS, {
        path: `${path}.${key}`,
        value: `${urls.length} URLs`,
        allowed: `at most ${MOST_URLS}`,
        remedy: "list fewer",
      }),
      ...urls.flatMap((url, at) =>
        unless(isReturnUrl(url), {
          path: `${path}.${key}[${at}]`,
          value: url,
          allowed: "a URL with https, http on localhost, or a scheme of an app; without a fragment and a wildcard",
          remedy: 'write the whole URL, such as "https://shop.example.com/signed-in"',
        }),
      ),
    ]),
    ...unless(scopes.length <= MOST_SCOPES, {
      path: `${path}.scopes`,
      value: `${scopes.length} scopes`,
      allowed: `at most ${MOST_SCOPES}`,
      remedy: "list fewer",
    }),
    ...scopes.flatMap((scope, at) =>
      unless(isPoolScope(scope), {
        path: `${path}.scopes[${at}]`,
        value: scope,
        allowed: "a resource server, a slash and a name",
        remedy: 'write it like "orders/read"',
      }),
    ),
  ];
}

/** Whether a scope is one of a resource server. */
export function isPoolScope(scope: string): boolean {
  return SCOPE.test(scope);
}
