// The enterprise system in the environments that ship for e-commerce: their configuration, with what the other system needs.
import { environments } from "../../../infra/environments";
import type { RunInput } from "../../../infra/model/parse-settings";
import { enterprise } from "../../../infra/systems/enterprise";
import { type EnvironmentName, runOf, shipped } from "./run";

/** Keys of Pulumi.<environment>.yaml that are others for the enterprise system. */
export function enterpriseKeys(environment: EnvironmentName): Readonly<Record<string, unknown>> {
  const given = shipped(environment);
  const registry = `${given["archipelago:account"]}.dkr.ecr.${given["archipelago:region"]}.amazonaws.com/enterprise`;
  const issuer = `https://identity.${environment}.example.com`;
  return {
    system: "enterprise",
    images: Object.fromEntries(Object.keys(enterprise.services).map((name) => [name, `${registry}/${name}:1.0.0`])),
    identity: { issuer, jwksEndpoint: `${issuer}/.well-known/jwks.json`, audience: issuer },
    // Tokens are checked on HTTPS only, and the routes' limits are the firewall's.
    domain: given["archipelago:domain"] ?? `${environment}.example.com`,
    hostedZoneId: given["archipelago:hostedZoneId"] ?? "Z00000000EXAMPLEENTERPRISE",
    waf: true,
  };
}

/** A run of the enterprise system; the stack is called as a team would call it. */
export function enterpriseRun(environment: EnvironmentName): RunInput {
  return { ...runOf(environment, enterpriseKeys(environment)), stack: `enterprise-${environment}` };
}

/** Every environment. */
export const everywhere = Object.keys(environments) as readonly EnvironmentName[];
