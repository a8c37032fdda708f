// API Gateway: HTTP and WebSocket APIs.
import type { Cards } from "../card";
import type { Constraint, Reference } from "../../providers/core/rules";
import { BASE36 } from "../identifiers";
import { failure, numberAt, textsAt } from "../inputs";
import { group, subnet } from "../references";
import { aws } from "../times";
import { foreignGroups, scatteredSubnets } from "../vpcs";
import { connection, gatewayArn, host, mapped, shortId, stageName } from "./apigateway";

const http = { apiId: { type: "aws:apigatewayv2/api:Api" } } satisfies Record<string, Reference>;
const API = "aws:apigatewayv2/api:Api";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html, in milliseconds. */
const LONGEST = 30_000;

const integration: Constraint = function* ({ inputs, text: known }, world) {
  const [timeout, id] = [numberAt(inputs, "timeoutMilliseconds"), known("apiId")];
  const api = id === undefined ? undefined : world.get(API, id);
  if (timeout !== undefined && timeout > LONGEST && api?.inputs.protocolType === "HTTP")
    yield failure("timeoutMilliseconds", `${timeout} ms, and an HTTP API waits ${LONGEST} at most`);
};

/** A route's key is taken once. */
const routeKey: Constraint = function* ({ type, text }, world) {
  const [id, key] = [text("apiId"), text("routeKey")];
  if (id === undefined || key === undefined) return;
  const taken = world
    .users({ type: "aws:apigatewayv2/api:Api", id }, type, "apiId")
    .some((other) => other.inputs.routeKey === key);
  if (taken) yield failure("routeKey", `API ${id} has a route "${key}" already (ConflictException): choose another`);
};

const METHOD = /^(ANY|GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE) \/\S*$/;

const route: Constraint = function* ({ text: known }, world) {
  const [key, id] = [known("routeKey"), known("apiId")];
  const api = id === undefined ? undefined : world.get(API, id);
  if (key === undefined || api?.inputs.protocolType !== "HTTP" || key === "$default" || METHOD.test(key)) return;
  yield failure("routeKey", `"${key}": a method and a path, such as "GET /orders/{id}", or $default`);
};

const httpLink: Constraint = function* ({ inputs }, world) {
  const given = textsAt(inputs, "subnetIds");
  yield* scatteredSubnets(world, given);
  yield* foreignGroups(world, given, textsAt(inputs, "securityGroupIds"));
};

export const cards: Cards = {
  "aws:apigatewayv2/api:Api": {
    source: "apigatewayv2/api.go",
    id: shortId,
    autoname: { property: "name", limit: 128 },
    unique: false,
    computed: {
      apiEndpoint: (resource) =>
        `${resource.text("protocolType") === "WEBSOCKET" ? "wss" : "https"}://${host(resource, resource.id)}`,
      arn: (resource) => gatewayArn(resource, `/apis/${resource.id}`),
      executionArn: (resource) => resource.arn("execute-api", resource.id),
    },
    defaults: {
      apiKeySelectionExpression: "$request.header.x-api-key",
      disableExecuteApiEndpoint: false,
      ipAddressType: "ipv4",
      routeSelectionExpression: "$request.method $request.path",
    },
    replaces: "credentialsArn protocolType routeKey target",
  },
  "aws:apigatewayv2/apiMapping:ApiMapping": {
    references: mapped("apiId", http.apiId),
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    source: "apigatewayv2/authorizer.go",
    id: (resource) => resource.token(6, BASE36),
    unique: false,
    references: http,
    replaces: "apiId",
  },
  "aws:apigatewayv2/domainName:DomainName": {
    source: "apigatewayv2/domain_name.go",
    unique: "domainName",
    replaces: "domainName",
  },
  "aws:apigatewayv2/integration:Integration": {
    source: "apigatewayv2/integration.go",
    id: (resource) => resource.token(7, BASE36),
    computed: { integrationResponseSelectionExpression: "", timeoutMilliseconds: 30_000 },
    defaults: { connectionType: "INTERNET", payloadFormatVersion: "1.0" },
    references: { ...http, connectionId: { type: "aws:apigatewayv2/vpcLink:VpcLink" } },
    roles: { credentialsArn: "apigateway" },
    replaces: "apiId integrationSubtype integrationType",
    constraints: [connection, integration],
  },
  "aws:apigatewayv2/route:Route": {
    source: "apigatewayv2/route.go",
    id: (resource) => resource.token(7, BASE36),
    defaults: { authorizationType: "NONE", apiKeyRequired: false },
    references: {
      ...http,
      authorizerId: { type: "aws:apigatewayv2/authorizer:Authorizer" },
      target: {
        type: "aws:apigatewayv2/integration:Integration",
        id: (value) => value.replace(/^integrations\//, ""),
        keeps: true,
      },
    },
    replaces: "apiId",
    constraints: [routeKey, route],
  },
  "aws:apigatewayv2/stage:Stage": {
    source: "apigatewayv2/stage.go",
    id: stageName,
    autoname: { property: "name", limit: 128 },
    uniqueWithin: ["apiId"],
    recordedWithin: ["apiId"],
    computed: {
      arn: (resource) => gatewayArn(resource, `/apis/${resource.text("apiId")}/stages/${stageName(resource)}`),
      executionArn: (resource) => resource.arn("execute-api", `${resource.text("apiId")}/${stageName(resource)}`),
      invokeUrl: (resource) =>
        `https://${host(resource, resource.text("apiId"))}/${stageName(resource) === "$default" ? "" : stageName(resource)}`,
      deploymentId: (resource) => resource.token(6, BASE36, "deployment"),
    },
    defaults: { autoDeploy: false },
    references: http,
    replaces: "apiId name",
  },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    source: "apigatewayv2/vpc_link.go",
    id: (resource) => resource.token(6, BASE36),
    autoname: { property: "name", limit: 128 },
    unique: false,
    computed: { arn: (resource) => gatewayArn(resource, `/vpclinks/${resource.id}`) },
    references: { "subnetIds[]": subnet, "securityGroupIds[]": group },
    replaces: "securityGroupIds subnetIds",
    constraints: [httpLink],
    creation: {
      from: "2m0s",
      to: "4m0s",
      source: `"a few minutes": ${aws}/apigateway/latest/developerguide/http-api-vpc-links.html`,
    },
  },
};
