import { expect } from "chai";
import type { Emulation } from "../../../../offline/providers/core/emulation";
import { subject } from "../../providers/support";
import { cloudOf, refusals } from "./support";

const ROUTE = "aws:apigatewayv2/route:Route";
const INTEGRATION = "aws:apigatewayv2/integration:Integration";
const RESOURCE = "aws:apigateway/resource:Resource";
const cloud = (): Emulation =>
  cloudOf(
    { type: "aws:apigatewayv2/api:Api", id: "h1" },
    { type: "aws:apigateway/restApi:RestApi", id: "r1" },
    { type: "aws:apigatewayv2/vpcLink:VpcLink", id: "l1" },
  );
const missing = (type: string, id: string): string =>
  `no ${type} "${id}" exists in this account and region: create it first, or name one that exists`;

describe("offline providers: what API Gateway refuses", () => {
  it("takes a route's key once, and keeps the integration that it leads to", () => {
    const aws = cloud();
    const integration = { apiId: "h1", integrationType: "HTTP_PROXY", connectionType: "VPC_LINK", connectionId: "l1" };
    const { id } = aws.create(subject(INTEGRATION), integration);
    const route = { apiId: "h1", routeKey: "GET /orders", target: `integrations/${id}` };
    expect(refusals(aws, ROUTE, route, "first")).to.deep.equal([]);
    expect(refusals(aws, ROUTE, route)).to.deep.equal([
      'routeKey: API h1 has a route "GET /orders" already (ConflictException): choose another',
    ]);
    expect(() => {
      aws.delete(subject(INTEGRATION), id);
    }).to.throw(`${INTEGRATION} "${id}" can't be deleted: it is in use by`);
  });

  it("refuses APIs, integrations and links that do not exist", () => {
    expect(refusals(cloud(), ROUTE, { apiId: "h9", routeKey: "GET /", target: "integrations/i9" })).to.deep.equal([
      `apiId: ${missing("aws:apigatewayv2/api:Api", "h9")}`,
      `target: ${missing(INTEGRATION, "integrations/i9")}`,
    ]);
    const link = { apiId: "h1", integrationType: "HTTP_PROXY", connectionType: "VPC_LINK" };
    expect(refusals(cloud(), INTEGRATION, { ...link, connectionId: "l9" })).to.deep.equal([
      `connectionId: ${missing("aws:apigatewayv2/vpcLink:VpcLink", "l9")}`,
    ]);
    expect(refusals(cloud(), INTEGRATION, link)).to.deep.equal([
      "connectionId: an integration of connection type VPC_LINK needs the id of a VPC link",
    ]);
  });

  it("takes a path's part once below its parent", () => {
    const aws = cloud();
    const orders = { restApi: "r1", parentId: "root", pathPart: "orders" };
    expect(refusals(aws, RESOURCE, orders, "first")).to.deep.equal([]);
    expect(refusals(aws, RESOURCE, { ...orders, parentId: "v2" }, "second")).to.deep.equal([]);
    expect(refusals(aws, RESOURCE, orders)).to.deep.equal([
      'pathPart: root has a resource "orders" already (ConflictException): choose another name',
    ]);
  });
});
