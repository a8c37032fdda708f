// The one place that says which Pulumi CLI this project runs with: versions.json, which go/go.mod must agree with.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What versions.json holds. */
export interface Versions {
  /** The CLI that is downloaded or built when none is found. */
  readonly cli: string;
  /** The oldest CLI on PATH that is used: no older than the SDK that speaks to it. */
  readonly minimumCli: string;
  /** How many Go packages a build of the CLI compiles, for its progress line. */
  readonly buildPackages: number;
}

export const versions = JSON.parse(readFileSync(join(__dirname, "versions.json"), "utf8")) as Versions;
