// The password function, alone and with a real PostgreSQL whose password is the token.
import { expect } from "chai";
import { Client } from "pg";
import { databaseToken } from "../../runtime/database-token";
import { type PostgresServer, startPostgres } from "../engine/support/stores";

/** Tokens by number; the calls that are told to fail do. */
function signer(failing: readonly number[] = []) {
  let calls = 0;
  return {
    getAuthToken(): Promise<string> {
      calls += 1;
      return failing.includes(calls) ? Promise.reject(new Error("no credentials")) : Promise.resolve(`token-${calls}`);
    },
  };
}
const MINUTE = 60_000;

describe("the token of a database", () => {
  it("serves connections for ten minutes, and is made anew before it ends", async () => {
    let time = 0;
    const password = databaseToken(signer(), () => time);
    const at = (minutes: number): Promise<string> => {
      time = minutes * MINUTE;
      return password();
    };
    expect([await at(0), await at(9.9), await at(10), await at(19.9), await at(20)]).to.deep.equal([
      ...["token-1", "token-1", "token-2", "token-2", "token-3"],
    ]);
  });

  it("is made once for connections that begin together", async () => {
    const password = databaseToken(signer());
    expect(await Promise.all([password(), password(), password()])).to.deep.equal(["token-1", "token-1", "token-1"]);
  });

  it("is asked for again when it could not be made", async () => {
    const password = databaseToken(signer([1]));
    const [first, second] = await Promise.allSettled([password(), password()]);
    expect([first.status, second.status]).to.deep.equal(["rejected", "rejected"]);
    expect(await password()).to.equal("token-2");
  });

  describe("with PostgreSQL", function () {
    this.timeout(60_000);
    let server: PostgresServer;
    before(async function () {
      const started = await startPostgres();
      if (typeof started === "string") return this.skip();
      server = started;
      return undefined;
    });
    after(() => {
      (server as PostgresServer | undefined)?.stop();
    });

    it("opens connections with the token of their time, and leaves open ones alone", async () => {
      let time = 0;
      const password = databaseToken(signer(), () => time);
      const connect = async (user: string, given: string | (() => Promise<string>)): Promise<Client> => {
        const client = new Client({
          host: "127.0.0.1",
          port: server.port,
          database: "postgres",
          user,
          password: given,
        });
        await client.connect();
        return client;
      };
      const root = await connect("postgres", "spec");
      await root.query("CREATE ROLE token_spec LOGIN PASSWORD 'token-1'");
      const early = await connect("token_spec", password);
      await root.query("ALTER ROLE token_spec PASSWORD 'token-2'");
      time = 12 * MINUTE;
      const late = await connect("token_spec", password);
      const users = await Promise.all(
        [early, late].map(async (client) => {
          const { rows } = await client.query<{ current_user: string }>("SELECT current_user");
          return rows;
        }),
      );
      expect(users).to.deep.equal([[{ current_user: "token_spec" }], [{ current_user: "token_spec" }]]);
      // The server does look at passwords.
      const refused: unknown = await connect("token_spec", "token-1").catch((error: unknown) => error);
      expect(refused).to.be.an("error");
      await Promise.all([early.end(), late.end()]);
      await root.query("DROP ROLE token_spec");
      await root.end();
    });
  });
});
