// API Gateway: REST APIs, HTTP APIs and their parts.
import type { Facts } from "./facts";

const METHODS = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
const PASSED = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"];
const CONNECTIONS = ["INTERNET", "VPC_LINK"];
const ENDPOINTS = ["EDGE", "REGIONAL", "PRIVATE"];
const CORS = ["allowHeaders", "allowMethods", "allowOrigins", "exposeHeaders"];
const OF_REGION = ["regionalCertificateArn", "regionalCertificateName"] as const;
const UPLOADED = ["certificateBody", "certificateChain", "certificatePrivateKey"] as const;

export const gateways: Facts = {
  "aws:apigateway/apiKey:ApiKey": {
    source: "apigateway/api_key.go",
    replaces: ["name", "value"],
    lengths: { value: [20, 128] },
  },
  "aws:apigateway/authorizer:Authorizer": {
    source: "apigateway/authorizer.go",
    replaces: ["restApi"],
    forms: { arn: ["authorizerCredentials", "providerArns"] },
    ranges: { authorizerResultTtlInSeconds: [0, 3600] },
    values: { type: ["TOKEN", "REQUEST", "COGNITO_USER_POOLS"] },
    sets: ["providerArns"],
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    source: "apigateway/base_path_mapping.go",
    replaces: ["domainName"],
  },
  "aws:apigateway/deployment:Deployment": {
    source: "apigateway/deployment.go",
    replaces: ["restApi", "triggers", "variables"],
  },
  "aws:apigateway/domainName:DomainName": {
    source: "apigateway/domain_name.go",
    replaces: ["domainName", ...UPLOADED],
    forms: { arn: ["ownershipVerificationCertificateArn"] },
    values: { "endpointConfiguration.types": ENDPOINTS },
    conflicts: [
      ["certificateArn", ...UPLOADED, "certificateName", ...OF_REGION],
      ["certificateName", ...OF_REGION],
      ["regionalCertificateArn", ...UPLOADED, "regionalCertificateName"],
    ],
  },
  "aws:apigateway/integration:Integration": {
    source: "apigateway/integration.go",
    replaces: [
      ...["credentials", "httpMethod", "integrationHttpMethod", "passthroughBehavior", "resourceId", "restApi"],
      "type",
    ],
    // More than 29 s by quota, and up to 15 minutes where the response is streamed.
    ranges: { timeoutMilliseconds: [50, 900_000] },
    values: {
      connectionType: CONNECTIONS,
      contentHandling: ["CONVERT_TO_BINARY", "CONVERT_TO_TEXT"],
      httpMethod: METHODS,
      integrationHttpMethod: METHODS,
      passthroughBehavior: PASSED,
      type: ["HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"],
    },
    sets: ["cacheKeyParameters"],
  },
  "aws:apigateway/method:Method": {
    source: "apigateway/method.go",
    replaces: ["httpMethod", "resourceId", "restApi"],
    values: { authorization: ["NONE", "CUSTOM", "AWS_IAM", "COGNITO_USER_POOLS"], httpMethod: METHODS },
    sets: ["authorizationScopes"],
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    source: "apigateway/request_validator.go",
    replaces: ["restApi"],
  },
  "aws:apigateway/resource:Resource": { source: "apigateway/resource.go", replaces: ["restApi"] },
  "aws:apigateway/restApi:RestApi": {
    source: "apigateway/rest_api.go",
    replaces: [],
    values: {
      apiKeySource: ["HEADER", "AUTHORIZER"],
      "endpointConfiguration.ipAddressType": ["ipv4", "dualstack"],
      "endpointConfiguration.types": ENDPOINTS,
      putRestApiMode: ["merge", "overwrite"],
    },
    sets: ["endpointConfiguration.vpcEndpointIds"],
  },
  "aws:apigateway/stage:Stage": {
    source: "apigateway/stage.go",
    replaces: ["restApi", "stageName"],
    forms: { arn: ["accessLogSettings.destinationArn"] },
    values: { cacheClusterSize: ["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"] },
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    source: "apigateway/usage_plan.go",
    replaces: [],
    sets: ["apiStages", "apiStages.throttles"],
    someOf: [["throttleSettings.burstLimit", "throttleSettings.rateLimit"]],
  },
  "aws:apigateway/vpcLink:VpcLink": { source: "apigateway/vpc_link.go", replaces: ["targetArn"] },
  "aws:apigatewayv2/api:Api": {
    source: "apigatewayv2/api.go",
    replaces: ["credentialsArn", "protocolType", "routeKey", "target"],
    forms: { arn: ["credentialsArn"] },
    lengths: { description: [0, 1024], name: [1, 128], version: [1, 64] },
    values: { apiKeySelectionExpression: ["$context.authorizer.usageIdentifierKey", "$request.header.x-api-key"] },
    sets: CORS.map((name) => `corsConfiguration.${name}`),
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    source: "apigatewayv2/authorizer.go",
    replaces: ["apiId"],
    forms: { arn: ["authorizerCredentialsArn"] },
    ranges: { authorizerResultTtlInSeconds: [0, 3600] },
    lengths: { authorizerUri: [1, 2048], name: [1, 128] },
    values: { authorizerPayloadFormatVersion: ["1.0", "2.0"], authorizerType: ["REQUEST", "JWT"] },
    sets: ["identitySources", "jwtConfiguration.audiences"],
  },
  "aws:apigatewayv2/domainName:DomainName": {
    source: "apigatewayv2/domain_name.go",
    replaces: ["domainName"],
    forms: {
      arn: [
        ...["domainNameConfiguration.certificateArn", "domainNameConfiguration.ownershipVerificationCertificateArn"],
      ],
    },
    lengths: { domainName: [1, 512] },
  },
  "aws:apigatewayv2/integration:Integration": {
    source: "apigatewayv2/integration.go",
    replaces: ["apiId", "integrationSubtype", "integrationType"],
    lengths: { connectionId: [1, 1024], integrationSubtype: [1, 128] },
    values: {
      connectionType: CONNECTIONS,
      integrationMethod: METHODS,
      integrationType: ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"],
      passthroughBehavior: PASSED,
      payloadFormatVersion: ["1.0", "2.0"],
    },
    sets: ["responseParameters"],
  },
  "aws:apigatewayv2/route:Route": {
    source: "apigatewayv2/route.go",
    replaces: ["apiId"],
    lengths: { operationName: [1, 64], target: [1, 128] },
    values: { authorizationType: ["NONE", "AWS_IAM", "CUSTOM", "JWT"] },
    sets: ["authorizationScopes", "requestParameters"],
  },
  "aws:apigatewayv2/stage:Stage": {
    source: "apigatewayv2/stage.go",
    replaces: ["apiId", "name"],
    forms: { arn: ["accessLogSettings.destinationArn"] },
    lengths: { description: [0, 1024], name: [1, 128] },
    sets: ["routeSettings"],
  },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    source: "apigatewayv2/vpc_link.go",
    replaces: ["securityGroupIds", "subnetIds"],
    lengths: { name: [1, 128] },
  },
};
