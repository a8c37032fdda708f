// The function that makes the user of a document database, against the commands that DocumentDB documents: no server of its protocol with
// users of IAM can be had here.
import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { bundled } from "../../../components/aws/function";
import { patiently } from "../../../infra/functions/prepare-database/patiently";
import { asConnectionError, prepare, type Run } from "../../../infra/functions/prepare-documents/prepare";

const ROLE = "arn:aws:iam::111122223333:role/articles-access-0a1b2c3";
interface User {
  user: string;
  roles: { role: string; db: string }[];
}

/** A server with users; it refuses what DocumentDB refuses. */
function server(users: User[] = []): { run: Run; users: User[]; commands: string[] } {
  const commands: string[] = [];
  const run: Run = (database, command) => {
    const [name = "", value] = Object.entries(command)[0] ?? [];
    commands.push(`${database} ${name}`);
    if (database !== "$external") return Promise.reject(new Error("users of IAM are in $external"));
    const given = command as unknown as User & { mechanisms?: string[] };
    const found = users.find(({ user }) => user === value);
    if (name === "usersInfo") {
      const asked = (value as { user: string }).user;
      return Promise.resolve({ users: users.filter(({ user }) => user === asked), ok: 1 });
    }
    if (name === "createUser" && found === undefined && given.mechanisms?.join() === "MONGODB-AWS")
      users.push({ user: String(value), roles: given.roles });
    else if (name === "updateUser" && found !== undefined) found.roles = given.roles;
    else return Promise.reject(new Error(`${name} is refused`));
    return Promise.resolve({ ok: 1 });
  };
  return { run, users, commands };
}

describe("the function that prepares a document database", () => {
  const asked = { database: "documents", roleArn: ROLE };
  const roles = [{ role: "readWrite", db: "documents" }];

  it("makes the user of the role, with the rights of one database", async () => {
    const { run, users } = server();
    expect(await prepare(run, asked)).to.deep.equal({ user: "made" });
    expect(users).to.deep.equal([{ user: ROLE, roles }]);
  });

  it("changes nothing the second time", async () => {
    const { run, commands } = server();
    await prepare(run, asked);
    expect(await prepare(run, asked)).to.deep.equal({ user: "unchanged" });
    expect(commands.slice(2)).to.deep.equal(["$external usersInfo"]);
  });

  it("takes rights away that somebody gave the user, and leaves other users alone", async () => {
    const root = [{ role: "root", db: "admin" }];
    const { run, users } = server([
      { user: ROLE, roles: [...roles, ...root] },
      { user: "arn:aws:iam::111122223333:role/other", roles: root },
    ]);
    expect(await prepare(run, asked)).to.deep.equal({ user: "changed" });
    expect(users).to.deep.equal([
      { user: ROLE, roles },
      { user: "arn:aws:iam::111122223333:role/other", roles: root },
    ]);
  });

  it("waits for a server that starts, and for a password that was rotated", async () => {
    const errors: object[] = [{ name: "MongoServerSelectionError" }, { name: "MongoServerError", code: 18 }];
    const waits: number[] = [];
    const action = (): Promise<string> => {
      const error = errors.shift();
      const told: unknown = error && asConnectionError(Object.assign(new Error("no"), error));
      return told instanceof Error ? Promise.reject(told) : Promise.resolve("connected");
    };
    const answer = await patiently(action, 6, (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    });
    expect([answer, waits]).to.deep.equal(["connected", [1, 2]]);
    const refused = Object.assign(new Error("not authorized"), { name: "MongoServerError", code: 13 });
    const error: unknown = await patiently(() => Promise.reject(asConnectionError(refused) as Error), 6).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.equal(refused);
  });

  it("is one file with its driver, which loads without the modules that the driver can do without", () => {
    const text = bundled("infra/functions/prepare-documents/index.ts");
    expect(Buffer.byteLength(text)).to.be.below(2_000_000);
    const printed = execFileSync(process.execPath, ["-"], {
      input: `${text};process.stdout.write(typeof module.exports.handler)`,
      encoding: "utf8",
    });
    expect(printed).to.equal("function");
  });
});
