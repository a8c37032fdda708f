import { expect } from "chai";
import { Gateway, type GatewayArgs } from "../../../../components/kubernetes/gateway";
import { deploy, type Deployment } from "../../../../offline/providers/mocks";
import { inCluster, placement, specOf } from "../microservice/fixtures";

const minimal: GatewayArgs = {
  placement,
  gatewayClassName: "envoy",
  dataPlane: { namespace: "envoy-gateway-system", labels: {} },
};
const build = (args: Partial<GatewayArgs> = {}): Promise<Deployment<Gateway>> =>
  deploy(() => new Gateway("gateway", { ...minimal, ...args }, inCluster()));
const allowedRoutes = { namespaces: { from: "Same" } };

describe("kubernetes Gateway", () => {
  it("answers HTTP without a name, and takes routes of its own namespace only", async () => {
    const built = await build();
    expect(specOf(built, "gateway.networking.k8s.io/v1:Gateway")).to.deep.equal({
      gatewayClassName: "envoy",
      listeners: [{ name: "http", protocol: "HTTP", port: 80, allowedRoutes }],
    });
    expect([built.result.listener, built.result.url]).to.deep.equal(["http", undefined]);
    expect(built.resources.filter(({ type }) => /Certificate|HTTPRoute/.test(type))).to.deep.equal([]);
  });

  it("with a name answers HTTPS with a certificate, and redirects HTTP", async () => {
    const hostname = "services.example.com";
    const built = await build({ https: { hostname, issuer: { kind: "ClusterIssuer", name: "letsencrypt" } } });
    expect(specOf(built, "gateway.networking.k8s.io/v1:Gateway").listeners).to.deep.equal([
      { name: "http", protocol: "HTTP", port: 80, hostname, allowedRoutes },
      {
        ...{ name: "https", protocol: "HTTPS", port: 443, hostname, allowedRoutes },
        tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name: "gateway-tls" }] },
      },
    ]);
    expect(specOf(built, "cert-manager.io/v1:Certificate")).to.deep.include({
      secretName: "gateway-tls",
      dnsNames: [hostname],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
    });
    expect(specOf(built, "gateway.networking.k8s.io/v1:HTTPRoute")).to.deep.equal({
      parentRefs: [{ name: "gateway", sectionName: "http" }],
      hostnames: [hostname],
      rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
    });
    expect([built.result.listener, built.result.url]).to.deep.equal(["https", `https://${hostname}`]);
  });

  it("refuses a data plane that is every pod, and names that are none", async () => {
    const issuer = { kind: "Issuer", name: "i" } as const;
    const bad = build({
      dataPlane: { labels: {} },
      gatewayClassName: "Envoy",
      https: { hostname: "*.example.com", issuer },
    });
    const said = await bad.then(
      () => "",
      (error: unknown) => String(error),
    );
    for (const path of ["dataPlane", "gatewayClassName", "https.hostname"]) expect(said).to.contain(`. ${path}: `);
  });
});
