// Resources, methods and integrations of a REST API. Each is one resource of the provider: the OpenAPI extension of API Gateway has no
// documented property for the load balancer behind a VPC link V2, the provider's integration has.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { observed, type Transform, transformed } from "../../kit";
import { type ApiMethod, HEALTH_PATH, integrationPath, methodsOf, resourcesOf } from "./api-paths";
import type { ApiScope } from "./api-scope";
import type { CorsSettings } from "./args-api-gateway";

/** Longest time that API Gateway waits for an answer without a raised quota, milliseconds. */
const TIMEOUT = 29_000;

const CORS_HEADERS = ["Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Requested-With"];

/** What methods are made with. */
export interface MethodScope extends ApiScope {
  readonly api: aws.apigateway.RestApi;
  readonly linkId: pulumi.Input<string>;
}

/** Everything that a deployment of the API holds. */
export interface MethodNodes {
  readonly resources: Readonly<Record<string, aws.apigateway.Resource>>;
  readonly methods: Readonly<Record<string, aws.apigateway.Method>>;
  /** All that must exist before a deployment. */
  readonly parts: readonly pulumi.Resource[];
  /** Arguments of all parts: a new deployment is needed exactly when one of them changes. */
  readonly content: readonly unknown[];
}

/** Creates resources, methods and integrations, the health check, and answers to preflights. */
export function createMethods(scope: MethodScope): MethodNodes {
  const maker = new Maker(scope);
  const { routes, cors } = scope.args;
  for (const { path, parent, pathPart } of resourcesOf(routes)) maker.resource(path, parent, pathPart);
  for (const method of methodsOf(routes)) maker.proxy(method);
  maker.health();
  if (cors) {
    for (const path of new Set(methodsOf(routes).map(({ path }) => path))) maker.preflight(path, cors);
    maker.gatewayErrors(cors);
  }
  return maker;
}

class Maker implements MethodNodes {
  readonly resources: Record<string, aws.apigateway.Resource> = {};
  readonly methods: Record<string, aws.apigateway.Method> = {};
  readonly parts: pulumi.Resource[] = [];
  readonly content: unknown[] = [];
  private validator: aws.apigateway.RequestValidator | undefined;

  constructor(private readonly scope: MethodScope) {}

  resource(path: string, parent: string | undefined, pathPart: string): void {
    const { api, args } = this.scope;
    this.resources[path] = this.made(aws.apigateway.Resource, args.transform?.resource, path, {
      restApi: api.id,
      parentId: (parent === undefined ? undefined : this.resources[parent]?.id) ?? api.rootResourceId,
      pathPart,
    });
  }

  /** A method whose requests and answers pass through unchanged. */
  proxy(method: ApiMethod): void {
    const { args, linkId } = this.scope;
    const { path, httpMethod, requiresKey } = method;
    const isWildcard = path.endsWith("*");
    const place = this.method(path, httpMethod, {
      authorization: "NONE",
      apiKeyRequired: requiresKey,
      ...(isWildcard && { requestParameters: { "method.request.path.proxy": true } }),
      ...(method.body && this.checkedBody(method, method.body)),
    });
    this.made(aws.apigateway.Integration, args.transform?.integration, `${path}-${httpMethod}`, {
      ...place,
      type: "HTTP_PROXY",
      integrationHttpMethod: httpMethod,
      connectionType: "VPC_LINK",
      connectionId: linkId,
      integrationTarget: args.origin.loadBalancerArn,
      uri: addressOf(args.origin.url, integrationPath(path)),
      timeoutMilliseconds: TIMEOUT,
      ...(isWildcard && { requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" } }),
    });
  }

  /** `GET /health` is answered by API Gateway: it says that the entrance works, not that a service does. */
  health(): void {
    const place = this.method(HEALTH_PATH, "GET", { authorization: "NONE" });
    this.mock(HEALTH_PATH, place, { "application/json": '{"status": "healthy", "timestamp": "$context.requestTime"}' });
  }

  /** The answer to a preflight: `OPTIONS`, before which a browser sends nothing else. */
  preflight(path: string, cors: CorsSettings): void {
    const place = this.method(path, "OPTIONS", { authorization: "NONE" });
    this.mock(path, place, { "application/json": originTemplate(cors.origins) }, corsHeaders(cors));
  }

  /** Errors of API Gateway itself (throttled, no key) can be read by pages too; a page of one of several origins gets the first one's header. */
  gatewayErrors({ origins: [origin = "*"] }: CorsSettings): void {
    for (const responseType of ["DEFAULT_4XX", "DEFAULT_5XX"]) {
      this.made(aws.apigateway.Response, this.scope.args.transform?.gatewayResponse, `-${responseType}`, {
        restApiId: this.scope.api.id,
        responseType,
        responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${origin}'` },
      });
    }
  }

  private checkedBody({ path, httpMethod }: ApiMethod, schema: Readonly<Record<string, unknown>>) {
    const { api, args } = this.scope;
    this.validator ??= this.made(aws.apigateway.RequestValidator, args.transform?.validator, "-bodies", {
      restApi: api.id,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const model = this.made(aws.apigateway.Model, args.transform?.model, `${path}-${httpMethod}`, {
      restApi: api.id,
      name: modelName(httpMethod, path),
      contentType: "application/json",
      schema: JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", ...schema }),
    });
    return { requestValidatorId: this.validator.id, requestModels: { "application/json": model.name } };
  }

  private method(
    path: string,
    httpMethod: string,
    args: Omit<aws.apigateway.MethodArgs, "restApi" | "resourceId" | "httpMethod">,
  ) {
    const {
      api,
      args: { transform },
    } = this.scope;
    const resourceId = this.resources[path]?.id ?? api.rootResourceId;
    const method = this.made(aws.apigateway.Method, transform?.method, `${path}-${httpMethod}`, {
      restApi: api.id,
      resourceId,
      httpMethod,
      ...args,
    });
    this.methods[`${httpMethod} ${path}`] = method;
    return { restApi: api.id, resourceId, httpMethod: method.httpMethod };
  }

  /** An answer of API Gateway's own: 200 with a template, and with headers that must be declared first. */
  private mock(
    path: string,
    place: { restApi: pulumi.Input<string>; resourceId: pulumi.Input<string>; httpMethod: pulumi.Output<string> },
    responseTemplates: Record<string, string>,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    const { transform } = this.scope.args;
    const name = `${path}-mock`;
    const integration = this.made(aws.apigateway.Integration, transform?.integration, name, {
      ...place,
      type: "MOCK",
      // The API takes every media type for binary, which a mock can't answer otherwise (https://github.com/aws/chalice/issues/1310).
      contentHandling: "CONVERT_TO_TEXT",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
    });
    const declared = Object.keys(headers).map((header) => [`method.response.header.${header}`, true] as const);
    const response = this.made(aws.apigateway.MethodResponse, transform?.methodResponse, name, {
      ...place,
      statusCode: "200",
      responseModels: { "application/json": "Empty" },
      ...(declared.length > 0 && { responseParameters: Object.fromEntries(declared) }),
    });
    const values = Object.entries(headers).map(([header, value]) => [`method.response.header.${header}`, `'${value}'`]);
    this.made(
      aws.apigateway.IntegrationResponse,
      transform?.integrationResponse,
      name,
      {
        ...place,
        statusCode: response.statusCode,
        contentHandling: "CONVERT_TO_TEXT",
        responseTemplates,
        ...(values.length > 0 && { responseParameters: Object.fromEntries(values) as Record<string, string> }),
      },
      [integration],
    );
  }

  /** One part of the API; what it is made with decides whether a new deployment is due. */
  private made<Args extends object, Made extends pulumi.CustomResource>(
    type: new (name: string, args: Args, opts: pulumi.CustomResourceOptions) => Made,
    transform: Transform<Args> | undefined,
    role: string,
    args: Args,
    dependsOn: readonly pulumi.Resource[] = [],
  ): Made {
    const { name, parent } = this.scope;
    const made = new type(
      ...transformed<Args>(
        observed(transform, (content) => this.content.push({ role, content })),
        `${name}${role}`,
        args,
        // A place of an API holds one thing: its successor under another name could not be made beside it.
        { parent, deleteBeforeReplace: true, ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }) },
      ),
    );
    this.parts.push(made);
    return made;
  }
}

function addressOf(url: pulumi.Input<string>, path: string): pulumi.Output<string> {
  return pulumi.interpolate`${url}${path}`;
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
    "Access-Control-Allow-Methods": "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT",
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Max-Age": String(maxAge),
    ...(origin !== "*" && { Vary: "Origin" }),
  };
}

/** A response has one origin in its header, so with several the template answers with the one that asks. */
function originTemplate(origins: readonly string[]): string {
  if (origins.length < 2) return "";
  const test = origins.map((origin) => `$origin == "${origin}"`).join(" || ");
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin) #set($origin = $input.params().header.get("origin")) #end',
    `#if(${test}) #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end`,
  ].join("\n");
}
