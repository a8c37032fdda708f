// Everything that is wrong with the arguments of an HTTP gateway. Pure.
import { type Problem, retentionProblems, unless, wholeNumber } from "../../kit";
import { routeProblems } from "./api-paths";
import type { HttpGatewayArgs } from "./args-http-gateway";
import { corsProblems, domainProblems } from "./validate-api-gateway";

/** All problems at once. */
export function validateHttpGateway(args: HttpGatewayArgs): Problem[] {
  const { routes, cors, throttling, domain, logRetentionInDays, origin, issuer } = args;
  const asking = Object.entries(routes).filter(([, { tokens }]) => tokens !== undefined);
  return [
    ...routeProblems(routes),
    ...(cors ? corsProblems(cors) : []),
    ...wholeNumber("throttling.rate", throttling?.rate, 1, 10_000, "take 2000, or what the services bear"),
    ...wholeNumber("throttling.burst", throttling?.burst, 1, 5000, "take 5000, or what the services bear at once"),
    ...wholeNumber("origin.port", origin.port, 1, 65_535, "take the port of the load balancer's listener: 443 or 80"),
    ...asking.flatMap(([name, { tokens }]) => [
      ...unless(issuer !== undefined, {
        path: `routes.${name}.tokens`,
        value: tokens,
        allowed: "set with `issuer`",
        remedy: "name the issuer of the tokens",
      }),
      ...unless((tokens?.audience ?? args.audience ?? "") !== "", {
        path: `routes.${name}.tokens.audience`,
        value: tokens?.audience,
        allowed: "an audience: without it every token of the issuer opens the route",
        remedy: "name the audience of the tokens",
      }),
    ]),
    ...(domain ? domainProblems(domain.name) : []),
    ...retentionProblems("logRetentionInDays", logRetentionInDays),
  ];
}
