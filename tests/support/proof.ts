// A proof of `make` that is a program and no spec: its result is its exit status.
import { Explained } from "../../cli/process";
import { sayer } from "../../cli/say";

/** Runs a proof; a failure that a person can mend is shown without a stack. */
export function runProof(proof: () => Promise<number>): void {
  proof().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      sayer(true)(error instanceof Explained ? error.message : text);
      process.exitCode = 1;
    },
  );
}
