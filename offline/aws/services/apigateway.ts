// API Gateway: REST APIs.
import type { Cards } from "../card";
import type { NewResource, Constraint, Reference } from "../../providers/core/rules";
import { BASE36, dnsSuffix, physicalName, UPPER } from "../identifiers";
import { failure, isFilled, isGiven } from "../inputs";
import { balancer, firm } from "../references";
import { aws } from "../times";
import { kindOf } from "./elb-listeners";

export const shortId = (resource: NewResource): string => resource.token(10, BASE36);

/** API Gateway's own ARNs carry no account. */
export const gatewayArn = (resource: NewResource, path: string): string =>
  `arn:${resource.partition}:apigateway:${resource.region}::${path}`;

const rest = { restApi: { type: "aws:apigateway/restApi:RestApi" } } satisfies Record<string, Reference>;
const COGNITO = "COGNITO_USER_POOLS";

/** An authorizer calls a function, or uses user pools. */
const authorizer: Constraint = function* ({ inputs }) {
  const kind = inputs.type ?? "TOKEN";
  if ((kind === "TOKEN" || kind === "REQUEST") && !isFilled(inputs.authorizerUri))
    yield failure("authorizerUri", `an authorizer of type ${kind} calls a function: give its invoke ARN`);
  if (kind === "COGNITO_USER_POOLS" && !isFilled(inputs.providerArns))
    yield failure("providerArns", "an authorizer of type COGNITO_USER_POOLS asks user pools: give their ARNs");
};

/** A domain's path leads to an API, which stays meanwhile. */
export const mapped = (property: string, api: Reference): Record<string, Reference> => ({
  [property]: { ...api, keeps: true },
});

const restApi = (resource: NewResource): string => resource.text("restApi");

/** An integration through a VPC link names it. */
export const connection: Constraint = function* ({ inputs, text }) {
  if (text("connectionType") === "VPC_LINK" && !isGiven(inputs, "connectionId"))
    yield failure("connectionId", "an integration of connection type VPC_LINK needs the id of a VPC link");
};

/**
 * A VPC link V2 leads to the load balancer that `integrationTarget` names, a V1 link to its own network load balancer
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html; the refusal is recorded in
 * https://github.com/hashicorp/terraform-provider-aws/issues/45230).
 */
const restConnection: Constraint = function* (candidate, world) {
  yield* connection(candidate, world);
  const { inputs, text } = candidate;
  const link = text("connectionId");
  if (link === undefined || link.includes("${")) return;
  if (world.get("aws:apigatewayv2/vpcLink:VpcLink", link)) {
    if (!isGiven(inputs, "integrationTarget"))
      yield failure("integrationTarget", "IntegrationTarget is required for VpcLinkV2: give the load balancer's ARN");
  } else if (!world.get("aws:apigateway/vpcLink:VpcLink", link))
    yield failure("connectionId", `no VPC link "${link}" exists in this account and region: create it first`);
};

/** A path's part is taken once below its parent. */
const pathPart: Constraint = function* ({ type, text }, world) {
  const [id, parent, part] = [text("restApi"), text("parentId"), text("pathPart")];
  if (id === undefined || parent === undefined || part === undefined) return;
  const taken = world
    .users({ type: "aws:apigateway/restApi:RestApi", id }, type, "restApi")
    .some((other) => other.inputs.parentId === parent && other.inputs.pathPart === part);
  if (taken)
    yield failure("pathPart", `${parent} has a resource "${part}" already (ConflictException): choose another name`);
};

export const stageName = (resource: NewResource): string => resource.text("stageName") || physicalName(resource);
const OF_API = ["restApi"];

export const host = (resource: NewResource, api: string): string =>
  `${api}.execute-api.${resource.region}.${dnsSuffix(resource.partition)}`;

const restLink: Constraint = function* ({ text }) {
  const arn = text("targetArn");
  if (arn !== undefined && kindOf(arn) !== "network")
    yield failure(
      "targetArn",
      `"${arn}" is not a network load balancer, and a REST API reaches no other: put one before it, or use an HTTP API`,
    );
};

export const cards: Cards = {
  "aws:apigateway/account:Account": {
    roles: { cloudwatchRoleArn: "apigateway" },
  },
  "aws:apigateway/apiKey:ApiKey": {
    source: "apigateway/api_key.go",
    unique: false,
    id: shortId,
    computed: {
      arn: (resource) => gatewayArn(resource, `/apikeys/${resource.id}`),
      value: (resource) => resource.token(40, BASE36, "value"),
    },
    replaces: "name value",
  },
  "aws:apigateway/authorizer:Authorizer": {
    source: "apigateway/authorizer.go",
    id: (resource) => resource.token(6, BASE36),
    unique: false,
    references: rest,
    roles: { authorizerCredentials: "apigateway" },
    replaces: "restApi",
    replacesWhen: {
      type: ({ type: old }, { type: now }) => old === COGNITO || now === COGNITO,
    },
    constraints: [authorizer],
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    source: "apigateway/base_path_mapping.go",
    references: mapped("restApi", rest.restApi),
    replaces: "domainName",
  },
  "aws:apigateway/deployment:Deployment": {
    source: "apigateway/deployment.go",
    id: shortId,
    computed: { createdDate: (resource) => resource.now },
    references: rest,
    replaces: "restApi triggers variables",
  },
  "aws:apigateway/domainName:DomainName": {
    source: "apigateway/domain_name.go",
    unique: "domainName",
    id: (resource) => resource.text("domainName"),
    computed: {
      arn: (resource) => gatewayArn(resource, `/domainnames/${resource.text("domainName")}`),
      regionalDomainName: (resource) => host(resource, `d-${shortId(resource)}`),
      regionalZoneId: (resource) => `Z${resource.token(13, UPPER, "zone")}`,
    },
    policies: { policy: "resource" },
    replaces: "certificateBody certificateChain certificatePrivateKey domainName",
    creationWhen: [
      {
        // Edge-optimized: a regional one has regionalCertificateArn, and is there at once.

        when: ({ certificateArn }) => certificateArn !== undefined,
        figure: {
          from: "40m0s",
          to: "40m0s",
          source: `${aws}/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html`,
        },
      },
    ],
  },
  "aws:apigateway/integration:Integration": {
    source: "apigateway/integration.go",
    id: (resource) => `agi-${restApi(resource)}-${resource.text("resourceId")}-${resource.text("httpMethod")}`,
    // No reference of connectionId: it names a link of either version, which the constraint looks for.
    references: rest,
    roles: { credentials: "apigateway" },
    replaces: "credentials httpMethod integrationHttpMethod passthroughBehavior resourceId restApi type",
    constraints: [restConnection],
  },
  "aws:apigateway/method:Method": {
    source: "apigateway/method.go",
    id: (resource) => `agm-${restApi(resource)}-${resource.text("resourceId")}-${resource.text("httpMethod")}`,
    references: rest,
    replaces: "httpMethod resourceId restApi",
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    source: "apigateway/request_validator.go",
    unique: false,
    replaces: "restApi",
  },
  "aws:apigateway/resource:Resource": {
    source: "apigateway/resource.go",
    id: shortId,
    computed: { path: (resource) => `/${resource.text("pathPart")}` },
    references: rest,
    replaces: "restApi",
    constraints: [pathPart],
  },
  "aws:apigateway/restApi:RestApi": {
    source: "apigateway/rest_api.go",
    id: shortId,
    autoname: { property: "name", limit: 255 },
    unique: false,
    computed: {
      arn: (resource) => gatewayArn(resource, `/restapis/${resource.id}`),
      executionArn: (resource) => resource.arn("execute-api", resource.id),
      rootResourceId: (resource) => resource.token(10, BASE36, "root"),
      createdDate: (resource) => resource.now,
      endpointConfiguration: { types: "EDGE", vpcEndpointIds: [] },
    },
    defaults: { apiKeySource: "HEADER", disableExecuteApiEndpoint: false, description: "Managed by Pulumi" },
    policies: { policy: "resource" },
    replaces: "",
  },
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    policies: { policy: "resource" },
  },
  "aws:apigateway/stage:Stage": {
    source: "apigateway/stage.go",
    id: (resource) => `ags-${restApi(resource)}-${stageName(resource)}`,
    unique: "stageName",
    uniqueWithin: OF_API,
    computed: {
      arn: (resource) => gatewayArn(resource, `/restapis/${restApi(resource)}/stages/${stageName(resource)}`),
      executionArn: (resource) => resource.arn("execute-api", `${restApi(resource)}/${stageName(resource)}`),
      invokeUrl: (resource) => `https://${host(resource, restApi(resource))}/${stageName(resource)}`,
      webAclArn: "",
    },
    defaults: { cacheClusterEnabled: false, xrayTracingEnabled: false },
    references: { ...rest, deployment: { type: "aws:apigateway/deployment:Deployment", keeps: true } },
    replaces: "restApi stageName",
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    source: "apigateway/usage_plan.go",
    unique: false,
    id: (resource) => resource.token(6, BASE36),
    computed: { arn: (resource) => gatewayArn(resource, `/usageplans/${resource.id}`) },
    replaces: "",
  },
  "aws:apigateway/vpcLink:VpcLink": {
    source: "apigateway/vpc_link.go",
    unique: false,
    id: (resource) => resource.token(6, BASE36),
    computed: { arn: (resource) => gatewayArn(resource, `/vpclinks/${resource.id}`) },
    references: { targetArn: firm(balancer) },
    replaces: "targetArn",
    constraints: [restLink],
    creation: {
      from: "2m0s",
      to: "4m0s",
      source: `${aws}/apigateway/latest/api/API_CreateVpcLink.html`,
    },
  },
};
