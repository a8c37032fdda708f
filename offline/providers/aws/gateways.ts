// API Gateway: REST APIs and HTTP APIs.
import type { Birth, Reference, TypeRule } from "../core/rules";
import { BASE36, dnsSuffix, physicalName, UPPER } from "./shapes";

const shortId = (birth: Birth): string => birth.token(10, BASE36);
/** API Gateway's own ARNs carry no account. */
const gatewayArn = (birth: Birth, path: string): string => `arn:${birth.partition}:apigateway:${birth.region}::${path}`;
const host = (birth: Birth, api: string): string => `${api}.execute-api.${birth.region}.${dnsSuffix(birth.partition)}`;
const restApi = (birth: Birth): string => birth.text("restApi");
const stageName = (birth: Birth): string => birth.text("stageName") || physicalName(birth);
const OF_API = ["restApi"];
const rest = { restApi: { type: "aws:apigateway/restApi:RestApi" } } satisfies Record<string, Reference>;
const http = { apiId: { type: "aws:apigatewayv2/api:Api" } } satisfies Record<string, Reference>;
/** A domain's path leads to an API, which stays meanwhile. */
const mapped = (property: string, api: Reference): Record<string, Reference> => ({
  [property]: { ...api, keeps: true },
});

export const gateways: Readonly<Record<string, TypeRule>> = {
  "aws:apigateway/restApi:RestApi": {
    id: shortId,
    autoname: { property: "name", limit: 255 },
    unique: false,
    computed: {
      arn: (birth) => gatewayArn(birth, `/restapis/${birth.id}`),
      executionArn: (birth) => birth.arn("execute-api", birth.id),
      rootResourceId: (birth) => birth.token(10, BASE36, "root"),
      createdDate: (birth) => birth.now,
      endpointConfiguration: { types: "EDGE", vpcEndpointIds: [] },
    },
    defaults: { apiKeySource: "HEADER", disableExecuteApiEndpoint: false, description: "Managed by Pulumi" },
  },
  "aws:apigateway/vpcLink:VpcLink": {
    id: (birth) => birth.token(6, BASE36),
    computed: { arn: (birth) => gatewayArn(birth, `/vpclinks/${birth.id}`) },
  },
  "aws:apigateway/deployment:Deployment": {
    references: rest,
    id: shortId,
    computed: { createdDate: (birth) => birth.now },
  },
  "aws:apigateway/stage:Stage": {
    references: { ...rest, deployment: { type: "aws:apigateway/deployment:Deployment", keeps: true } },
    id: (birth) => `ags-${restApi(birth)}-${stageName(birth)}`,
    unique: "stageName",
    uniqueWithin: OF_API,
    computed: {
      arn: (birth) => gatewayArn(birth, `/restapis/${restApi(birth)}/stages/${stageName(birth)}`),
      executionArn: (birth) => birth.arn("execute-api", `${restApi(birth)}/${stageName(birth)}`),
      invokeUrl: (birth) => `https://${host(birth, restApi(birth))}/${stageName(birth)}`,
      webAclArn: "",
    },
    defaults: { cacheClusterEnabled: false, xrayTracingEnabled: false },
  },
  "aws:apigateway/resource:Resource": {
    references: rest,
    id: shortId,
    computed: { path: (birth) => `/${birth.text("pathPart")}` },
  },
  "aws:apigateway/method:Method": {
    references: rest,
    id: (birth) => `agm-${restApi(birth)}-${birth.text("resourceId")}-${birth.text("httpMethod")}`,
  },
  "aws:apigateway/integration:Integration": {
    // No reference of connectionId: it names a link of either version, which the constraint looks for.
    references: rest,
    id: (birth) => `agi-${restApi(birth)}-${birth.text("resourceId")}-${birth.text("httpMethod")}`,
  },
  "aws:apigateway/authorizer:Authorizer": {
    references: rest,
    id: (birth) => birth.token(6, BASE36),
    unique: false,
  },
  "aws:apigateway/basePathMapping:BasePathMapping": { references: mapped("restApi", rest.restApi) },
  "aws:apigatewayv2/apiMapping:ApiMapping": { references: mapped("apiId", http.apiId) },
  "aws:apigateway/domainName:DomainName": {
    id: (birth) => birth.text("domainName"),
    computed: {
      arn: (birth) => gatewayArn(birth, `/domainnames/${birth.text("domainName")}`),
      regionalDomainName: (birth) => host(birth, `d-${shortId(birth)}`),
      regionalZoneId: (birth) => `Z${birth.token(13, UPPER, "zone")}`,
    },
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    id: (birth) => birth.token(6, BASE36),
    computed: { arn: (birth) => gatewayArn(birth, `/usageplans/${birth.id}`) },
  },
  "aws:apigateway/apiKey:ApiKey": {
    id: shortId,
    computed: {
      arn: (birth) => gatewayArn(birth, `/apikeys/${birth.id}`),
      value: (birth) => birth.token(40, BASE36, "value"),
    },
  },
  "aws:apigatewayv2/api:Api": {
    id: shortId,
    autoname: { property: "name", limit: 128 },
    unique: false,
    computed: {
      apiEndpoint: (birth) =>
        `${birth.text("protocolType") === "WEBSOCKET" ? "wss" : "https"}://${host(birth, birth.id)}`,
      arn: (birth) => gatewayArn(birth, `/apis/${birth.id}`),
      executionArn: (birth) => birth.arn("execute-api", birth.id),
    },
    defaults: {
      apiKeySelectionExpression: "$request.header.x-api-key",
      disableExecuteApiEndpoint: false,
      ipAddressType: "ipv4",
      routeSelectionExpression: "$request.method $request.path",
    },
  },
  "aws:apigatewayv2/stage:Stage": {
    references: http,
    id: stageName,
    autoname: { property: "name", limit: 128 },
    uniqueWithin: ["apiId"],
    recordedWithin: ["apiId"],
    computed: {
      arn: (birth) => gatewayArn(birth, `/apis/${birth.text("apiId")}/stages/${stageName(birth)}`),
      executionArn: (birth) => birth.arn("execute-api", `${birth.text("apiId")}/${stageName(birth)}`),
      invokeUrl: (birth) =>
        `https://${host(birth, birth.text("apiId"))}/${stageName(birth) === "$default" ? "" : stageName(birth)}`,
      deploymentId: (birth) => birth.token(6, BASE36, "deployment"),
    },
    defaults: { autoDeploy: false },
  },
  "aws:apigatewayv2/integration:Integration": {
    references: { ...http, connectionId: { type: "aws:apigatewayv2/vpcLink:VpcLink" } },
    id: (birth) => birth.token(7, BASE36),
    computed: { integrationResponseSelectionExpression: "", timeoutMilliseconds: 30_000 },
    defaults: { connectionType: "INTERNET", payloadFormatVersion: "1.0" },
  },
  "aws:apigatewayv2/route:Route": {
    references: {
      ...http,
      authorizerId: { type: "aws:apigatewayv2/authorizer:Authorizer" },
      target: {
        type: "aws:apigatewayv2/integration:Integration",
        id: (value) => value.replace(/^integrations\//, ""),
        keeps: true,
      },
    },
    id: (birth) => birth.token(7, BASE36),
    defaults: { authorizationType: "NONE", apiKeyRequired: false },
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    references: http,
    id: (birth) => birth.token(6, BASE36),
    unique: false,
  },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    id: (birth) => birth.token(6, BASE36),
    autoname: { property: "name", limit: 128 },
    unique: false,
    computed: { arn: (birth) => gatewayArn(birth, `/vpclinks/${birth.id}`) },
  },
};
