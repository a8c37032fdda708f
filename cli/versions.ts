// The Pulumi CLI that this package runs with. go/go.mod must lock the same version; a spec compares them.

/** Versions of the CLI. */
export interface Versions {
  /** The CLI that is downloaded or built when none is found. */
  readonly cli: string;
  /** The oldest CLI on PATH that is used: no older than the SDK that speaks to it. */
  readonly minimumCli: string;
  /** How many Go packages a build of the CLI compiles, for its progress line. */
  readonly buildPackages: number;
}

export const versions: Versions = { cli: "3.259.0", minimumCli: "3.248.0", buildPackages: 1685 };
