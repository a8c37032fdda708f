// The page around a picture: one file that needs no network and runs nothing but its own script, which the policy names by
// its hash.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../../../model/plan";
import type { Rights } from "../../../targets/rights";
import { escaped } from "../text";
import { pictureStyle } from "../theme";
import { pageData } from "./data";

/** A plan's page, around its picture. */
export function pageOf(plan: Plan, picture: string, rights: Rights): string {
  const style = asset("browser.css");
  const script = asset("browser.js");
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)} ${hashOf(pictureStyle())}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = `${plan.system}, ${plan.environment.name}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(plan.system)} <span>${escaped(plan.environment.name)}</span></h1>
<div class="search"><input id="search" type="search" placeholder="service, event, store, queue" aria-label="Search services, events, stores and queues" autocomplete="off" spellcheck="false"><ul id="results" hidden></ul></div>
<div class="zoom" role="group" aria-label="Size of the picture"><button id="smaller" type="button" aria-label="smaller">−</button><button id="fit" type="button">fit</button><button id="larger" type="button" aria-label="larger">+</button></div>
</header>
<main><div id="picture">${picture}</div><aside id="panel" aria-live="polite" hidden></aside></main>
<script id="data" type="application/json">${inScript(JSON.stringify(pageData(plan, rights)))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** JSON that can't end the element it stands in. */
function inScript(json: string): string {
  return json.replaceAll("<", "\\u003c");
}

function asset(name: string): string {
  return readFileSync(join(__dirname, name), "utf8");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
