import { ProgramInfo, RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { nodeArguments, outcome, runArguments, runEnvironment, environment } from "../../../cli/host/run";

function request(options: Record<string, boolean | string> = {}): RunRequest {
  const info = new ProgramInfo()
    .setRootDirectory("/p")
    .setProgramDirectory("/p/infra")
    .setEntryPoint("main.cjs")
    .setOptions(Struct.fromJavaScript(options));
  const made = new RunRequest()
    .setMonitorAddress("127.0.0.1:1")
    .setProject("archipelago")
    .setStack("local")
    .setOrganization("organization")
    .setPwd("/p/infra")
    .setParallel(8)
    .setDryrun(true)
    .setConfigsecretkeysList(["a:token"])
    .setInfo(info);
  made.getConfigMap().set("a:token", "s").set("a:b", "c");
  return made;
}

describe("the language host", () => {
  it("gives the SDK's runner the arguments of the official host", () => {
    expect(runArguments(request(), "127.0.0.1:2").join(" ")).to.equal(
      "--monitor 127.0.0.1:1 --engine 127.0.0.1:2 --organization organization --project archipelago --root-directory /p " +
        "--stack local --pwd /p/infra --parallel 8 --dry-run main.cjs",
    );
    expect(runArguments(request().setDryrun(false).setOrganization(""), "e").join(" ")).to.equal(
      "--monitor 127.0.0.1:1 --engine e --project archipelago --root-directory /p --stack local --pwd /p/infra --parallel 8 main.cjs",
    );
  });

  it("hands on configuration, and which keys of it are secret", () => {
    expect(runEnvironment(request({ typescript: false }))).to.deep.equal({
      PULUMI_CONFIG: '{"a:b":"c","a:token":"s"}',
      PULUMI_CONFIG_SECRET_KEYS: '["a:token"]',
      PULUMI_NODEJS_TYPESCRIPT: "false",
    });
  });

  it("lets the SDK compile TypeScript unless the project says no", () => {
    expect(runEnvironment(request()).PULUMI_NODEJS_TYPESCRIPT).to.equal("true");
  });

  it("passes a project's arguments to Node itself", () => {
    const { nodeargs } = { nodeargs: "--max-old-space-size=4096  --trace-warnings" };
    expect(nodeArguments(request({ nodeargs }).getInfo())).to.deep.equal([
      "--max-old-space-size=4096",
      "--trace-warnings",
    ]);
    expect(nodeArguments(undefined)).to.deep.equal([]);
  });

  it("tells the engine how a program ended: well, told already, or what went wrong", () => {
    const told = (code: number | null, signal: NodeJS.Signals | null) => {
      const response = outcome(code, signal);
      return { error: response.getError(), bail: response.getBail() };
    };
    expect(told(0, null)).to.deep.equal({ error: "", bail: false });
    expect(told(32, null)).to.deep.equal({ error: "", bail: true });
    expect(told(1, null)).to.deep.equal({ error: "Program exited with non-zero exit code: 1", bail: false });
    expect(told(null, "SIGKILL")).to.deep.equal({ error: "Program was ended by SIGKILL", bail: false });
  });

  it("reads a plugin's environment, whose later lines win and whose values may hold equals signs", () => {
    expect(environment(["A=1", "B=x=y", "A=2", "broken", "=x"])).to.deep.equal({ A: "2", B: "x=y" });
  });
});
