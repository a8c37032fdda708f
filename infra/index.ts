// The program of this repository: its systems, in its environments.
import { environments } from "./environments";
import { run } from "./program";
import { systems } from "./systems";

export = run({ systems, environments });
