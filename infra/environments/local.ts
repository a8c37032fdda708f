// The offline environment: development's shape in a range of its own, always on the emulated providers.
import type { Environment } from "../model/environment";
import { dev } from "./dev";

export const local: Environment = {
  ...dev,
  name: "local",
  network: { ...dev.network, cidr: "10.3.0.0/16" },
};
