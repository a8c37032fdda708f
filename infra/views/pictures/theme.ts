// Colours and type, once for light, once for dark; paper is always light. Every text has a contrast of 4.5 and more.

/** Hues of bounded contexts, in turn: the fill of a group in light and dark, its border and heading. */
const HUES = [215, 150, 28, 268, 345, 190, 80, 305] as const;
export const HUE_COUNT = HUES.length;

const LIGHT = {
  bg: "#ffffff",
  ink: "#16213a",
  muted: "#52607a",
  card: "#ffffff",
  border: "#b9c4d6",
  call: "#1d4ed8",
  message: "#b03a06",
  route: "#4a5568",
  store: "#11683a",
};
const DARK: typeof LIGHT = {
  bg: "#0e1420",
  ink: "#e8edf7",
  muted: "#a3b1c9",
  card: "#182131",
  border: "#41506b",
  call: "#84adff",
  message: "#ffb070",
  route: "#b4bfd1",
  store: "#6fd9a0",
};

/** The style sheet of a picture; everything is below `.picture`, so that a page can hold it. */
export function pictureStyle(): string {
  return `${variables(LIGHT, "93%", "38%", "27%")}
@media screen and (prefers-color-scheme: dark) { ${variables(DARK, "13%", "48%", "80%")} }
.picture { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Nimbus Sans", sans-serif; font-size: 11px; }
.picture text { fill: var(--ink); }
.picture .paper { fill: var(--bg); }
.picture .title { font-size: 26px; font-weight: 700; }
.picture .subtitle { font-size: 13px; fill: var(--muted); }
.picture .muted { fill: var(--muted); }
.picture .name { font-size: 15px; font-weight: 700; }
.picture .topic .name, .picture .balancer .name { font-size: 13px; }
.picture .box { fill: var(--card); stroke: var(--border); }
.picture .topic .box { stroke: var(--message); stroke-dasharray: 5 3; }
.picture .balancer .box { stroke: var(--route); stroke-width: 1.5; }
.picture .group > .frame { stroke-width: 1; }
.picture .group .heading { font-size: 14px; font-weight: 700; }
.picture .line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.picture .under { fill: none; stroke: var(--bg); stroke-width: 5; stroke-opacity: .75; }
.picture .call .line { stroke: var(--call); }
.picture .route .line { stroke: var(--route); stroke-width: 1.3; }
.picture .publish .line, .picture .deliver .line, .picture .send .line { stroke: var(--message); stroke-dasharray: 6 3; }
.picture .send .line { stroke-dasharray: 2 3; }
.picture .tip-call { fill: var(--call); } .picture .tip-route { fill: var(--route); } .picture .tip-message { fill: var(--message); }
.picture .label { font-size: 10px; fill: var(--message); }
.picture .plate { fill: var(--bg); fill-opacity: .85; }
.picture .icon { fill: none; stroke: var(--muted); stroke-width: 1.3; stroke-linecap: round; stroke-linejoin: round; }
.picture .icon.store { stroke: var(--store); } .picture .icon.message { stroke: var(--message); }
${HUES.map((hue, index) => `.picture .hue-${index} { --hue: ${hue}; }`).join("\n")}
.picture .frame { fill: hsl(var(--hue) 60% var(--fill)); stroke: hsl(var(--hue) 35% var(--edge)); }
.picture .heading { fill: hsl(var(--hue) 60% var(--heading)); }
`;
}

function variables(colours: typeof LIGHT, fill: string, edge: string, heading: string): string {
  const all = { ...colours, fill, edge, heading };
  return `.picture { ${Object.entries(all)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(" ")} }`;
}
