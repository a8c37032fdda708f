// Loads definitions into a running broker and deletes what they no longer declare. A Job of the component Messaging runs this file with
// Node.js and nothing else. No message is lost: a queue that is no longer declared keeps its messages and its policy, and gets no new ones.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const { API_URL, CREDENTIALS_FOLDER, DEFINITIONS_FILE, NODES, USER_TAG } = process.env;
const credential = (name) => readFileSync(join(CREDENTIALS_FOLDER, name), "utf8").trim();
const USERNAME = credential("username");
const pollMilliseconds = 2000;
const authorization = `Basic ${Buffer.from(`${USERNAME}:${credential("password")}`).toString("base64")}`;
const part = encodeURIComponent;

async function call(method, path, body) {
  const response = await fetch(`${API_URL}/api/${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Queues get their replicas when they are made, so all nodes must run by then. The Job's deadline ends the waiting. */
async function awaitNodes() {
  for (let said = ""; ;) {
    let state;
    try {
      const running = (await call("GET", "nodes")).filter((node) => node.running).length;
      if (running >= Number(NODES)) return;
      state = `${running} of ${NODES} nodes run`;
    } catch (error) {
      state = `no answer yet: ${error.cause?.message ?? error.message}`;
    }
    if (state !== said) console.log((said = state));
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

/** Deletes each of the existing things that no wanted one equals. */
async function prune(what, existing, wanted, keyOf, pathOf) {
  const keys = new Set(wanted.map(keyOf));
  for (const one of existing.filter((each) => !keys.has(keyOf(each)))) {
    await call("DELETE", pathOf(one));
    console.log(`deleted ${what} ${keyOf(one)}`);
  }
}

/** The API deletes all topic permissions of a user at once, so this comes before the import, which sets the wanted ones. */
async function clearTopicPermissions(wanted) {
  const keyOf = ({ user, vhost, exchange }) => [user, vhost, exchange].join(" ");
  const keys = new Set(wanted.topic_permissions.map(keyOf));
  const existing = (await call("GET", "topic-permissions")).filter(({ vhost }) => vhost === wanted.vhosts[0].name);
  const users = new Set(existing.filter((one) => !keys.has(keyOf(one))).map(({ user }) => user));
  for (const user of users) await call("DELETE", `topic-permissions/${part(wanted.vhosts[0].name)}/${part(user)}`);
}

async function main() {
  const wanted = JSON.parse(readFileSync(DEFINITIONS_FILE, "utf8"));
  const vhost = wanted.vhosts[0].name;
  const here = part(vhost);
  await awaitNodes();
  await clearTopicPermissions(wanted);
  // Whoever imports needs rights in the virtual host to read and delete there.
  const own = { user: USERNAME, vhost, configure: ".*", write: ".*", read: ".*" };
  await call("POST", "definitions", { ...wanted, permissions: [...wanted.permissions, own] });

  await prune(
    "binding",
    (await call("GET", `bindings/${here}`)).filter(({ source }) => source !== ""),
    wanted.bindings,
    (binding) => [binding.source, binding.destination, binding.routing_key].join(" "),
    (binding) =>
      `bindings/${here}/e/${part(binding.source)}/${binding.destination_type[0]}/${part(binding.destination)}/${part(binding.properties_key)}`,
  );
  await prune(
    "exchange",
    (await call("GET", `exchanges/${here}`)).filter(({ name }) => name !== "" && !name.startsWith("amq.")),
    wanted.exchanges,
    ({ name }) => name,
    ({ name }) => `exchanges/${here}/${part(name)}`,
  );
  await prune(
    "user",
    (await call("GET", "users")).filter(({ tags }) => [tags].flat().join(",").split(",").includes(USER_TAG)),
    wanted.users,
    ({ name }) => name,
    ({ name }) => `users/${part(name)}`,
  );
  const queues = (await call("GET", `queues/${here}?columns=name`)).map(({ name }) => name);
  const left = queues.filter((name) => !wanted.queues.some((queue) => queue.name === name));
  await prune(
    "policy",
    (await call("GET", `policies/${here}`)).filter(({ name }) => !left.includes(name)),
    wanted.policies,
    ({ name }) => name,
    ({ name }) => `policies/${here}/${part(name)}`,
  );
  for (const name of left) console.log(`kept queue ${name}: it is no longer declared; delete it when it is empty`);
  console.log(
    `${vhost}: ${wanted.queues.length} queues, ${wanted.exchanges.length} exchanges, ${wanted.users.length} users`,
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
