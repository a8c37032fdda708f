// Loaded before all else by every Node process of an offline run. In the one that runs the program it waits for the program's end, asks what
// is missing then, and lets the program fail with it: only so does a preview fail, and an update before anything is deleted. The engine
// tells a provider nothing at that moment, and the language host may be the official one.
"use strict";
const { readdirSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { isMainThread } = require("node:worker_threads");

const folder = process.env.ARCHIPELAGO_RUN;
const [, sdk] =
  /^(.*[\\/]@pulumi[\\/]pulumi[\\/])cmd[\\/]run(?:[\\/]index(?:\.js)?)?$/.exec(process.argv[1] ?? "") ?? [];

if (folder && sdk && isMainThread) {
  // The update that follows a preview tells everything once more.
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  // All registrations have been answered when the event loop is empty. Modules may register more then, so the second time is the one
  // that counts; the SDK tells the engine in the last handler, so ours goes first.
  process.once("beforeExit", () => {
    setImmediate(() => undefined);
    process.nextTick(() => process.prependOnceListener("beforeExit", judge));
  });
}

function judge(code) {
  const runtime = require(join(sdk, "runtime"));
  // The connection is gone when a registration has failed.
  if (code !== 0 || !runtime.hasMonitor() || require(join(sdk, "log")).hasErrors()) return;
  require("../start.cjs");
  const { missedBy } = require("../offline/providers/ended.ts");
  const whole =
    process.env.ARCHIPELAGO_TARGETED === "1"
      ? undefined
      : `urn:pulumi:${runtime.getStack()}::${runtime.getProject()}::`;
  const text = missedBy({ folder, cloud: process.env.ARCHIPELAGO_CLOUD, whole });
  if (text === "") return;
  const error = new Error(text);
  // It tells all by itself: where it was thrown is of no use to anybody.
  error.stack = text;
  throw error;
}
