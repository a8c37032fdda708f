// A public route without authentication.
import { type Rule, serviceAt, trail } from "./rule";

export const publicRouteWithoutAuthentication: Rule = {
  id: "public-route-without-authentication",
  severity: "error",
  allowed: 'authentication "jwt" or "by-service"',
  why: "whoever reaches the load balancer may do everything that the service offers",
  find: ({ services }) =>
    services.flatMap(([name, { exposes }]) => {
      if (exposes === undefined || (exposes.authentication ?? "none") !== "none") return [];
      const at = `${serviceAt(name)}.exposes`;
      return [
        {
          path: `${at}.authentication`,
          found: `${trail("load balancer", name)}: nobody checks who asks for ${exposes.paths.join(", ")}`,
          remedy:
            'write "jwt" and the load balancer checks tokens of the stack\'s identity provider, or "by-service" when the service does',
          places: [at, serviceAt(name)],
        },
      ];
    }),
};
