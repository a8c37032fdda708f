// A REST API as an OpenAPI document. One document, and not a resource of the provider for each method: a removed resource is deleted after the
// new deployment is made, which would go on to serve the method (https://github.com/pulumi/pulumi-aws/issues/3289). Pure.
import { createHash } from "node:crypto";
import { type ApiMethod, HEALTH_PATH, methodsOf } from "./api-paths";
import type { ApiRoute, ApiTokens, CorsSettings } from "./args-api-gateway";

/** Longest time that API Gateway waits for an answer without a raised quota, milliseconds. */
const TIMEOUT = 29_000;
/** Headers that pages may send, where nothing is said. */
export const CORS_HEADERS = ["Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Requested-With"];
/** Methods that pages may use. */
export const CORS_METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const OK = { "200": { description: "OK" } };

/** What a document is made of; every value is known. */
export interface OpenApiSettings {
  readonly title: string;
  readonly routes: Readonly<Record<string, ApiRoute>>;
  readonly cors: CorsSettings | undefined;
  readonly linkId: string;
  readonly loadBalancerArn: string;
  /** `https://services.example.com` */
  readonly url: string;
  /** User pool that checks tokens. */
  readonly userPoolArn?: string;
  /** URI of the function that checks tokens. */
  readonly authorizerUri?: string;
}

type Json = Readonly<Record<string, unknown>>;

/** The document as text: the same text for the same settings, whatever the order of keys. */
export function openApiOf(settings: OpenApiSettings): string {
  const { title, routes, cors } = settings;
  const methods = methodsOf(routes);
  const paths: Record<string, Record<string, unknown>> = { [HEALTH_PATH]: { get: health() } };
  const schemas: Record<string, object> = {};
  for (const method of methods) {
    const { path, httpMethod, body } = method;
    const schema = body && modelName(httpMethod, path);
    if (body && schema !== undefined) schemas[schema] = body;
    const item = (paths[openApiPath(path)] ??= {});
    item[httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : httpMethod.toLowerCase()] = proxy(
      method,
      schema,
      settings,
    );
    if (cors) item.options = preflight(path, cors);
  }
  const document = {
    openapi: "3.0.1",
    info: { title, version: "1" },
    paths,
    components: { schemas, securitySchemes: securitySchemes(methods, settings) },
    ...(Object.keys(schemas).length > 0 && {
      "x-amazon-apigateway-request-validators": {
        bodies: { validateRequestBody: true, validateRequestParameters: false },
      },
    }),
    ...gatewayResponses(settings),
  };
  return JSON.stringify(document, (_, value: unknown) => sortedKeys(value));
}

/** A method whose requests and answers pass through unchanged. */
function proxy(method: ApiMethod, schema: string | undefined, settings: OpenApiSettings): Json {
  const { path, httpMethod, requiresKey, tokens } = method;
  const { linkId, loadBalancerArn, url } = settings;
  const isWildcard = path.endsWith("*");
  // The list of a function's scheme stays empty: scopes are in the function's own rules.
  const scopes = settings.authorizerUri === undefined ? tokens?.scopes : [];
  const security = { ...(tokens && { tokens: scopes }), ...(requiresKey && { key: [] }) };
  return {
    ...parameters(path),
    ...(schema !== undefined && {
      "x-amazon-apigateway-request-validator": "bodies",
      requestBody: {
        required: true,
        content: { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } },
      },
    }),
    // Empty: the entrance lets everybody in, and the load balancer or the service behind it checks who calls.
    security: Object.keys(security).length > 0 ? [security] : [],
    responses: {},
    "x-amazon-apigateway-integration": {
      type: "http_proxy",
      httpMethod,
      connectionType: "VPC_LINK",
      connectionId: linkId,
      // As in https://github.com/aws-samples/serverless-patterns, apigw-restapi-vpclink-v2/template.yaml.
      integrationTarget: loadBalancerArn,
      uri: `${url}${path.replace(/\*$/, "{proxy}")}`,
      passthroughBehavior: "when_no_match",
      timeoutInMillis: TIMEOUT,
      ...(isWildcard && { requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" } }),
    },
  };
}

function parameters(path: string): Json {
  if (!path.endsWith("*")) return {};
  return { parameters: [{ name: "proxy", in: "path", required: true, schema: { type: "string" } }] };
}

/** `GET /health` is answered by API Gateway: it says that the entrance works, not that a service does. */
function health(): Json {
  const template = '{"status": "healthy", "timestamp": "$context.requestTime"}';
  return {
    security: [],
    responses: OK,
    "x-amazon-apigateway-integration": mock({ responseTemplates: { "application/json": template } }),
  };
}

/** The answer to a preflight: `OPTIONS`, before which a browser sends nothing else. */
function preflight(path: string, cors: CorsSettings): Json {
  const headers = corsHeaders(cors);
  const values = Object.entries(headers).map(([header, value]) => [`method.response.header.${header}`, `'${value}'`]);
  const declared = Object.keys(headers).map((header) => [header, { schema: { type: "string" } }]);
  return {
    ...parameters(path),
    responses: { "200": { ...OK["200"], headers: Object.fromEntries(declared) as Json } },
    "x-amazon-apigateway-integration": mock({
      responseTemplates: { "application/json": originTemplate(cors.origins) },
      responseParameters: Object.fromEntries(values) as Json,
    }),
  };
}

/** An answer of API Gateway's own. */
function mock(response: Json): Json {
  // The API takes every media type for binary, which a mock can't answer otherwise (https://github.com/aws/chalice/issues/1310).
  const contentHandling = "CONVERT_TO_TEXT";
  return {
    type: "mock",
    contentHandling,
    passthroughBehavior: "when_no_match",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    responses: { default: { statusCode: "200", contentHandling, ...response } },
  };
}

/**
 * Answers of API Gateway itself. Errors (throttled, no key) can be read by pages too; a page of one of several origins gets the first one's header.
 * A request that an authorizer's function refuses is answered with 401 and its challenge: with API Gateway's own 403, no client would refresh its token.
 */
function gatewayResponses({ cors, authorizerUri }: OpenApiSettings): Json {
  const [origin = "*"] = cors?.origins ?? [];
  const readable = cors && { "gatewayresponse.header.Access-Control-Allow-Origin": `'${origin}'` };
  const responses = {
    ...(readable && { DEFAULT_4XX: { responseParameters: readable }, DEFAULT_5XX: { responseParameters: readable } }),
    ...(authorizerUri !== undefined && {
      ACCESS_DENIED: {
        statusCode: 401,
        responseParameters: {
          ...readable,
          "gatewayresponse.header.WWW-Authenticate": "context.authorizer.challenge",
        },
      },
    }),
  };
  return Object.keys(responses).length > 0 ? { "x-amazon-apigateway-gateway-responses": responses } : {};
}

/** Security schemes of the OpenAPI document: a token, the API key of a client. */
function securitySchemes(methods: readonly ApiMethod[], { userPoolArn, authorizerUri }: OpenApiSettings): Json {
  const header = (name: string) => ({ type: "apiKey", in: "header", name });
  const asksForTokens = methods.some(({ tokens }) => tokens !== undefined);
  return {
    ...(methods.some(({ requiresKey }) => requiresKey) && { key: header("x-api-key") }),
    ...(asksForTokens &&
      userPoolArn !== undefined && {
        tokens: {
          ...header("Authorization"),
          "x-amazon-apigateway-authtype": "cognito_user_pools",
          "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPoolArn] },
        },
      }),
    ...(asksForTokens &&
      authorizerUri !== undefined && {
        tokens: {
          ...header("Authorization"),
          "x-amazon-apigateway-authtype": "custom",
          "x-amazon-apigateway-authorizer": {
            type: "request",
            authorizerUri,
            // Without the header API Gateway answers 401 itself.
            identitySource: "method.request.header.Authorization",
            // An answer is for one request: a kept one would open another method, or outlive its token.
            authorizerResultTtlInSeconds: 0,
          },
        },
      }),
  };
}

/** What a token must have, by the resource of the API that a request is for: the rules of an authorizer's function. */
export function tokenRules(routes: Readonly<Record<string, ApiRoute>>): Record<string, Required<ApiTokens>> {
  return Object.fromEntries(
    methodsOf(routes).flatMap(({ path, tokens }) =>
      tokens?.audience === undefined
        ? []
        : [[openApiPath(path), { audience: tokens.audience, scopes: tokens.scopes }] as const],
    ),
  );
}

function openApiPath(path: string): string {
  return path.replace(/\*$/, "{proxy+}");
}

function modelName(httpMethod: string, path: string): string {
  const words = `${httpMethod.toLowerCase()}${path}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const readable = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  // Models have names of letters and digits only: `/api-orders` and `/api/orders` would share one.
  return `${readable}${createHash("sha256").update(path).digest("hex").slice(0, 6)}`;
}

function corsHeaders({ origins, headers = CORS_HEADERS, maxAge = 600 }: CorsSettings): Record<string, string> {
  const [origin = "*"] = origins;
  return {
    "Access-Control-Allow-Headers": headers.join(","),
    "Access-Control-Allow-Methods": CORS_METHODS.join(","),
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Max-Age": String(maxAge),
    ...(origin !== "*" && { Vary: "Origin" }),
  };
}

/** `Access-Control-Allow-Origin` holds one origin, so with several origins the template returns the one of the request. */
function originTemplate(origins: readonly string[]): string {
  if (origins.length < 2) return "";
  const test = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin) #set($origin = $input.params().header.get("origin")) #end',
    `#if(${test}) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end`,
  ].join("\n");
}

function sortedKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
