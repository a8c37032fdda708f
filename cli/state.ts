// Serves the state of an offline stack to its engine, and hands the engine the way there.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { organization, serve } from "../offline/state/server";
import type { StackState } from "../offline/state/stack-state";
import type { StackPlaces } from "./places";
import type { Say } from "./say";

/** Environment of an engine that uses the served state. */
interface ServedState {
  readonly files: StackState;
  readonly environment: NodeJS.ProcessEnv;
}

/** Serves the state for as long as this process lives. */
export async function serveState(
  places: StackPlaces,
  { project, stack, engine }: { readonly project: string; readonly stack: string; readonly engine: string },
  say: Say,
): Promise<ServedState> {
  const { url, token, service } = await serve(places.state, project, stack, engine);
  const aside = await service.takeOver();
  if (aside !== undefined)
    say(`the state was changed by hand after a run was killed; what that run did is in ${aside}`);
  mkdirSync(places.login, { recursive: true });
  writeFileSync(join(places.login, "credentials.json"), JSON.stringify(credentials(url, token)), { mode: 0o600 });
  return {
    files: service.state,
    environment: {
      PULUMI_BACKEND_URL: url,
      PULUMI_ACCESS_TOKEN: token,
      PULUMI_CREDENTIALS_PATH: places.login,
      // The engine waits this long, in milliseconds, for more steps to send with one; its default of 50 slows a chain of resources.
      PULUMI_JOURNALING_BATCH_PERIOD: "5",
    },
  };
}

/** A login as the CLI stores it; without one each command prints that it logs in. */
function credentials(url: string, token: string): unknown {
  const account = {
    accessToken: token,
    username: organization,
    organizations: [organization],
    lastValidatedAt: new Date(),
  };
  return { current: url, accessTokens: { [url]: token }, accounts: { [url]: account } };
}
