// What API Gateway asks of an API's parts.
import type { Constraint } from "../../core/rules";
import { failure, isFilled, isGiven } from "./support";

/** A route's key is taken once. */
const routeKey: Constraint = function* ({ type, text }, world) {
  const [id, key] = [text("apiId"), text("routeKey")];
  if (id === undefined || key === undefined) return;
  const taken = world
    .users({ type: "aws:apigatewayv2/api:Api", id }, type, "apiId")
    .some((other) => other.inputs.routeKey === key);
  if (taken) yield failure("routeKey", `API ${id} has a route "${key}" already (ConflictException): choose another`);
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

/** An integration through a VPC link names it. */
const connection: Constraint = function* ({ inputs, text }) {
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

/** An authorizer calls a function, or asks user pools. */
const authorizer: Constraint = function* ({ inputs }) {
  const kind = inputs.type ?? "TOKEN";
  if ((kind === "TOKEN" || kind === "REQUEST") && !isFilled(inputs.authorizerUri))
    yield failure("authorizerUri", `an authorizer of type ${kind} calls a function: give its invoke ARN`);
  if (kind === "COGNITO_USER_POOLS" && !isFilled(inputs.providerArns))
    yield failure("providerArns", "an authorizer of type COGNITO_USER_POOLS asks user pools: give their ARNs");
};

export const gatewayConstraints: Readonly<Record<string, readonly Constraint[]>> = {
  "aws:apigatewayv2/route:Route": [routeKey],
  "aws:apigatewayv2/integration:Integration": [connection],
  "aws:apigateway/authorizer:Authorizer": [authorizer],
  "aws:apigateway/resource:Resource": [pathPart],
  "aws:apigateway/integration:Integration": [restConnection],
};
