// API keys of clients and the plan that counts their requests. A key identifies the client whose requests are counted; it does not authenticate it.
import * as aws from "@pulumi/aws";
import { tagged, transformed } from "../../kit";
import { type ApiScope, DEFAULT_THROTTLING } from "./api-scope";

/** Keys and their plan. */
export interface ClientNodes {
  /** There with clients. */
  readonly usagePlan?: aws.apigateway.UsagePlan;
  /** By client. */
  readonly apiKeys: Readonly<Record<string, aws.apigateway.ApiKey>>;
}

/** Creates a key for each client under one plan; nothing without clients. */
export function createClients(
  { name, args, parent }: ApiScope,
  api: aws.apigateway.RestApi,
  stage: aws.apigateway.Stage,
): ClientNodes {
  const { clients = [], dailyQuota = 100_000, throttling = DEFAULT_THROTTLING, tags, transform } = args;
  if (clients.length === 0) return { apiKeys: {} };
  const usagePlan = new aws.apigateway.UsagePlan(
    ...transformed<aws.apigateway.UsagePlanArgs>(
      transform?.usagePlan,
      name,
      {
        description: "Clients with a key",
        apiStages: [{ apiId: api.id, stage: stage.stageName }],
        quotaSettings: { limit: dailyQuota, period: "DAY" },
        throttleSettings: { rateLimit: throttling.rate, burstLimit: throttling.burst },
        ...tagged(tags),
      },
      { parent },
    ),
  );
  const apiKeys = clients.map((client) => {
    const key = new aws.apigateway.ApiKey(
      ...transformed<aws.apigateway.ApiKeyArgs>(
        transform?.apiKey,
        `${name}-${client}`,
        { description: `Key of ${client}`, ...tagged(tags) },
        { parent },
      ),
    );
    new aws.apigateway.UsagePlanKey(
      ...transformed<aws.apigateway.UsagePlanKeyArgs>(
        transform?.usagePlanKey,
        `${name}-${client}`,
        { keyId: key.id, keyType: "API_KEY", usagePlanId: usagePlan.id },
        { parent },
      ),
    );
    return [client, key] as const;
  });
  return { usagePlan, apiKeys: Object.fromEntries(apiKeys) };
}
