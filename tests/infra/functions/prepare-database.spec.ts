// The function that prepares a database, against a real PostgreSQL with the roles of RDS: a master user that is no superuser, and `rds_iam`.
import { expect } from "chai";
import { Client } from "pg";
import { patiently } from "../../../infra/functions/prepare-database/patiently";
import { type Connect, type Outcome, prepare, readRequest } from "../../../infra/functions/prepare-database/prepare";
import { type PostgresServer, startPostgres } from "../../engine/support/stores";

const HOSTILE = ['we"ird', "semi;DROP DATABASE orders", "O'Brien", "Ünïcode"];

describe("the function that prepares a database, against PostgreSQL", function () {
  this.timeout(60_000);
  let server: PostgresServer;

  before(async function () {
    const started = await startPostgres();
    if (typeof started === "string") return this.skip();
    server = started;
    await root("postgres", "CREATE ROLE rds_iam; CREATE ROLE rds_superuser");
    await root("postgres", "CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD 'first'");
    await root("postgres", "GRANT rds_iam TO master WITH ADMIN OPTION");
    await root("postgres", "GRANT rds_superuser TO master WITH ADMIN OPTION");
    await root("postgres", "GRANT pg_read_all_data TO master WITH ADMIN OPTION");
    return undefined;
  });

  beforeEach(async () => {
    const rows = await root(
      "postgres",
      "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'",
    );
    for (const { datname } of rows) await root("postgres", `DROP DATABASE "${String(datname).replaceAll('"', '""')}"`);
    await root("postgres", "DROP ROLE IF EXISTS app; DROP ROLE IF EXISTS app_reader");
    await root("postgres", "CREATE DATABASE orders OWNER master");
    await root("orders", "ALTER SCHEMA public OWNER TO master");
  });

  after(() => {
    (server as PostgresServer | undefined)?.stop();
  });

  const client = async (user: string, password: string, database: string): Promise<Client> => {
    const opened = new Client({ host: "127.0.0.1", port: server.port, user, password, database });
    await opened.connect();
    return opened;
  };
  const as = async (user: string, password: string, database: string, statement: string) => {
    const opened = await client(user, password, database);
    try {
      const answer: unknown = await opened.query(statement);
      return (answer as { rows?: Record<string, unknown>[] }).rows ?? [];
    } finally {
      await opened.end();
    }
  };
  const root = (database: string, statement: string) => as("postgres", "spec", database, statement);
  const master = (statement: string, database = "orders") => as("master", "first", database, statement);
  /** A statement as a user of the service; on RDS its password is an IAM token. */
  const acting = async (user: string, statement: string, database = "orders") => {
    const opened = await client("postgres", "spec", database);
    try {
      await opened.query(`SET SESSION AUTHORIZATION ${user}`);
      await opened.query(statement);
    } finally {
      await opened.end();
    }
  };
  const refused = async (action: Promise<unknown>): Promise<string> =>
    action.then(
      () => "done",
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );

  const connect: Connect = (database) => client("master", "first", database);
  const run = (databases: readonly string[] = [], reader = false): Promise<Outcome> =>
    prepare(connect, "orders", { databases, reader });

  it("lets the service read and write rows of tables that come later, and change nothing else", async () => {
    expect(await run()).to.deep.equal({ users: ["app"], databases: [] });
    await master("CREATE TABLE orders (id serial PRIMARY KEY, note text)");
    await acting("app", "INSERT INTO orders (note) VALUES ('one'); UPDATE orders SET note = 'two'");
    expect(await master("SELECT id, note FROM orders")).to.deep.equal([{ id: 1, note: "two" }]);
    const attempts = [
      "CREATE TABLE mine (id int)",
      "CREATE SCHEMA mine",
      "TRUNCATE orders",
      "DROP TABLE orders",
      "CREATE ROLE other",
      "CREATE DATABASE mine",
      "SET ROLE master",
    ];
    const answers = await Promise.all(attempts.map((statement) => refused(acting("app", statement))));
    expect(answers).to.deep.equal(attempts.map(() => "42501"));
  });

  it("makes nothing twice, and gives rights on tables that were there before", async () => {
    await master("CREATE TABLE early (id serial PRIMARY KEY)");
    await root("orders", "CREATE TABLE foreigners (id int)");
    await run(["reporting"]);
    expect(await run(["reporting"])).to.deep.equal({ users: [], databases: [] });
    await acting("app", "INSERT INTO early DEFAULT VALUES");
    expect(await refused(acting("app", "SELECT * FROM foreigners"))).to.equal("42501");
  });

  it("makes a user that reads only, where it is asked for", async () => {
    expect(await run([], true)).to.deep.equal({ users: ["app", "app_reader"], databases: [] });
    await master("CREATE TABLE orders (id serial PRIMARY KEY)");
    await acting("app", "INSERT INTO orders DEFAULT VALUES");
    await acting("app_reader", "SELECT * FROM orders");
    const attempts = [
      "INSERT INTO orders DEFAULT VALUES",
      "DELETE FROM orders",
      "CREATE TEMPORARY TABLE mine (id int)",
    ];
    const answers = await Promise.all(attempts.map((statement) => refused(acting("app_reader", statement))));
    expect(answers).to.deep.equal(attempts.map(() => "42501"));
  });

  it("makes databases with any name, once, and closes them to everybody else", async () => {
    expect(await run(HOSTILE)).to.deep.equal({ users: ["app"], databases: HOSTILE });
    expect(await run([...HOSTILE, ...HOSTILE])).to.deep.equal({ users: [], databases: [] });
    await root("postgres", "DROP ROLE IF EXISTS stranger; CREATE ROLE stranger");
    for (const database of HOSTILE) {
      await master("CREATE TABLE t (id int)", database);
      await acting("app", "INSERT INTO t VALUES (1)", database);
      const [row] = await root(
        "postgres",
        `SELECT has_database_privilege('stranger', $$${database}$$, 'CONNECT') AS may`,
      );
      expect(row).to.deep.equal({ may: false });
    }
    expect(await root("postgres", "SELECT 1 FROM pg_database WHERE datname = 'orders'")).to.have.length(1);
  });

  it("ends the same when ten run at once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => run(["reporting", "archive"], true)));
    const made = outcomes.filter(({ users }) => users.length > 0);
    expect(made).to.deep.equal([{ users: ["app", "app_reader"], databases: ["reporting", "archive"] }]);
  });

  it("goes on where an earlier run broke off", async () => {
    for (const words of ["GRANT rds_iam", "CREATE DATABASE", "REVOKE ALL ON SCHEMA", "ALTER DEFAULT"]) {
      const breaking: Connect = async (database) => {
        const opened = await client("master", "first", database);
        const query = opened.query.bind(opened) as (text: string, values?: unknown[]) => Promise<never>;
        const instead = (text: string, values?: unknown[]): Promise<never> =>
          text.startsWith(words) ? Promise.reject(new Error(`broke off before ${words}`)) : query(text, values);
        return Object.assign(opened, { query: instead });
      };
      const broken = await refused(prepare(breaking, "orders", { databases: ["reporting"], reader: false }));
      expect(broken).to.contain(words);
    }
    await run(["reporting"]);
    await master("CREATE TABLE t (id int)", "reporting");
    await acting("app", "INSERT INTO t VALUES (1)", "reporting");
  });

  it("leaves no user behind when its transaction breaks off", async () => {
    const breaking: Connect = async (database) => {
      const opened = await client("master", "first", database);
      const query = opened.query.bind(opened) as (text: string, values?: unknown[]) => Promise<never>;
      const instead = (text: string, values?: unknown[]): Promise<never> =>
        text.startsWith("GRANT rds_iam") ? Promise.reject(new Error("gone")) : query(text, values);
      return Object.assign(opened, { query: instead });
    };
    expect(await refused(prepare(breaking, "orders", { databases: [], reader: false }))).to.contain("gone");
    expect(await root("postgres", "SELECT 1 FROM pg_roles WHERE rolname = 'app'")).to.deep.equal([]);
  });

  it("takes rights over the server from a user that is there already, and leaves a team's own roles", async () => {
    await root("postgres", "DROP ROLE IF EXISTS team; CREATE ROLE team");
    await master("CREATE ROLE app LOGIN CREATEDB CREATEROLE PASSWORD 'known'");
    await root("postgres", "GRANT team TO app");
    await master("GRANT rds_superuser TO app; GRANT pg_read_all_data TO app");
    await run();
    const memberships = await root(
      "postgres",
      "SELECT g.rolname::text AS role FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'app' ORDER BY 1",
    );
    expect(memberships).to.deep.equal([{ role: "rds_iam" }, { role: "team" }]);
    const [rights] = await root(
      "postgres",
      "SELECT rolcreatedb, rolcreaterole, rolpassword FROM pg_authid WHERE rolname = 'app'",
    );
    expect(rights).to.deep.equal({ rolcreatedb: false, rolcreaterole: false, rolpassword: null });
  });

  it("refuses a user with rights that only a superuser can take away, and changes nothing", async () => {
    await root("postgres", "CREATE ROLE app SUPERUSER LOGIN");
    expect(await refused(run(["reporting"]))).to.contain("the user app exists with SUPERUSER: drop it");
    expect(await root("postgres", "SELECT 1 FROM pg_database WHERE datname = 'reporting'")).to.deep.equal([]);
  });

  // From PostgreSQL 16 on, REVOKE takes away what the same user has granted, and only warns of the rest.
  it("refuses a user whose membership in a role of the server stays", async () => {
    await master("CREATE ROLE app LOGIN; GRANT rds_superuser TO app");
    const keeping: Connect = async (database) => {
      const opened = await client("master", "first", database);
      const query = opened.query.bind(opened) as (text: string, values?: unknown[]) => Promise<never>;
      const instead = (text: string, values?: unknown[]): Promise<never> =>
        query(text.startsWith('REVOKE "rds_superuser"') ? "SELECT 1" : text, values);
      return Object.assign(opened, { query: instead });
    };
    const answer = await refused(prepare(keeping, "orders", { databases: [], reader: false }));
    expect(answer).to.contain("the user app stays a member of rds_superuser");
  });
});

describe("what the function that prepares a database is asked for", () => {
  it("reads a request, and refuses anything else", () => {
    expect(readRequest({})).to.deep.equal({ databases: [], reader: false });
    expect(readRequest({ databases: ["a"], reader: true })).to.deep.equal({ databases: ["a"], reader: true });
    for (const wrong of [{ databases: "a" }, { databases: [""] }, { databases: [1] }, { reader: "yes" }])
      expect(() => readRequest(wrong)).to.throw("the event must be");
  });

  it("waits for what goes away by itself, and for nothing else", async () => {
    const waits: number[] = [];
    const wait = (seconds: number): Promise<void> => Promise.resolve(void waits.push(seconds));
    const failing = (codes: readonly string[]) => {
      const left = [...codes];
      return () => {
        const code = left.shift();
        return code === undefined ? Promise.resolve("done") : Promise.reject(Object.assign(new Error(code), { code }));
      };
    };
    expect(await patiently(failing(["ECONNREFUSED", "57P03", "28P01"]), 6, wait)).to.equal("done");
    expect(waits).to.deep.equal([1, 2, 4]);
    const answer = (codes: readonly string[]) => patiently(failing(codes), 2, wait).catch(String);
    expect(await answer(["42501"])).to.equal("Error: 42501");
    expect(await answer(["53300", "53300", "53300"])).to.equal("Error: 53300");
  });
});
