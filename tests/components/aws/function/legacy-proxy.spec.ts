// The function that forwards requests to a legacy system, against a real HTTPS server.
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BalancerRequest, forward } from "../../../../components/aws/function/functions/legacy-proxy";

const get: BalancerRequest = { httpMethod: "GET", path: "/api/orders/7" };

describe("the proxy of a legacy system", () => {
  let folder: string;
  let ca: Buffer;
  let server: Server;
  let origin: string;
  let seen: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage["headersDistinct"];
    body: string;
  }[];
  let answer: (response: ServerResponse) => void;

  before((done) => {
    folder = mkdtempSync(join(tmpdir(), "legacy-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
    const named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    execFileSync("openssl", [...made, ...named, "-keyout", key, "-out", cert], { stdio: "ignore" });
    ca = readFileSync(cert);
    server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const { method, url, headersDistinct: headers } = request;
        seen.push({ method, url, headers, body: Buffer.concat(parts).toString("utf8") });
        answer(response);
      });
    }).listen(0, "127.0.0.1", () => {
      origin = `https://localhost:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    seen = [];
    answer = (response) => response.end("old");
  });
  const send = (event: BalancerRequest, timeout = 5000) => forward(event, { origin, timeout, ca });

  it("passes method, path, query, headers and body on unchanged, with the legacy system's own host", async () => {
    await send({
      httpMethod: "POST",
      path: "/api/orders/a%20b",
      multiValueQueryStringParameters: { tag: ["x%26y", "z"] },
      multiValueHeaders: {
        host: ["shop.example.com"],
        authorization: ["Bearer token"],
        connection: ["x-hop"],
        "x-hop": ["1"],
        "content-length": ["999"],
      },
      body: Buffer.from('{"id":"é"}').toString("base64"),
      isBase64Encoded: true,
    });
    const [{ method, url, headers, body } = { method: "", url: "", headers: {}, body: "" }] = seen;
    expect([method, url, body]).to.deep.equal(["POST", "/api/orders/a%20b?tag=x%26y&tag=z", '{"id":"é"}']);
    expect(headers.host).to.deep.equal([origin.slice("https://".length)]);
    expect(headers["x-forwarded-host"]).to.deep.equal(["shop.example.com"]);
    expect(headers.authorization).to.deep.equal(["Bearer token"]);
    expect(headers["content-length"]).to.deep.equal(["11"]);
    expect(headers["x-hop"]).to.equal(undefined);
  });

  it("returns status, every header and the bytes of the answer; a redirect is the client's to follow", async () => {
    answer = (response) => {
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.writeHead(302, { location: "/new", "content-encoding": "gzip" });
      response.end(Buffer.from([0x1f, 0x8b, 0xff]));
    };
    const { statusCode, multiValueHeaders, body, isBase64Encoded } = await send(get);
    expect([statusCode, isBase64Encoded, [...Buffer.from(body, "base64")]]).to.deep.equal([
      302,
      true,
      [0x1f, 0x8b, 0xff],
    ]);
    expect(multiValueHeaders["set-cookie"]).to.deep.equal(["a=1", "b=2"]);
    expect([multiValueHeaders.location, multiValueHeaders["content-encoding"]]).to.deep.equal([["/new"], ["gzip"]]);
    expect(multiValueHeaders["transfer-encoding"]).to.equal(undefined);
  });

  it("answers 504 when the legacy system does not finish in time, and 502 to an answer above 1 MB", async () => {
    answer = (response) => response.write("begun");
    expect((await send(get, 100)).statusCode).to.equal(504);
    answer = (response) => response.end(Buffer.alloc(900_000));
    expect((await send(get)).statusCode).to.equal(502);
  });

  it("answers 502 when nobody listens, and sends nothing to a server whose certificate is not trusted", async () => {
    expect((await forward(get, { origin: "https://localhost:1", timeout: 5000, ca })).statusCode).to.equal(502);
    expect((await forward(get, { origin, timeout: 5000 })).statusCode).to.equal(502);
    expect(seen).to.deep.equal([]);
  });
});
