// Line drawings of 14 by 14 pixels, one a kind of thing.
import type { Icon } from "./cards";

/** The `d` of each icon. */
export const ICONS: Readonly<Record<Icon, string>> = {
  balancer: "M1 7h4M5 7l5-4M5 7h5M5 7l5 4M10 1.5v3h3M10 5.5l2 1.5-2 1.5M10 12.500h3v-3",
  route: "M1 7h10M8 3.500 11.500 7 8 10.500M13 2v10",
  database: "M2 3.500v7c0 3 10 3 10 0v-7M2 3.500c0 3 10 3 10 0M2 3.500c0-3 10-3 10 0M2 7c0 3 10 3 10 0",
  bucket: "M1.500 3.500 3 12c.300 1.300 7.700 1.300 8 0l1.500-8.500M1.500 3.500c0-2 11-2 11 0s-11 2-11 0",
  cache: "M7.500 1 3 8h3.500L6 13l5-7.500H7z",
  queue: "M1.500 3.500h11v7h-11zM4.700 3.500v7M8 3.500v7",
  stream: "M1 4c2-2 4 2 6 0s4-2 6 0M1 7c2-2 4 2 6 0s4-2 6 0M1 10c2-2 4 2 6 0s4-2 6 0",
  function: "M4.500 12.500 8.500 1.500M2 5.500h6M8 12.500l4-7M8 5.500l4 7",
  job: "M7 1.500a5.500 5.500 0 1 0 .01 0zM7 3.500V7l2.500 2",
  internet: "M7 1.500a5.500 5.500 0 1 0 .01 0zM1.500 7h11M7 1.500c-4 4-4 7 0 11 4-4 4-7 0-11",
  secret: "M4 6V4.500c0-4 6-4 6 0V6M2.500 6h9v6.500h-9zM7 8.500v1.500",
  topic: "M2 5.500h2L9 2.500v9l-5-3H2zM11 5c1 1 1 3 0 4",
};

/** The colour that an icon shares with the lines and things of its kind. */
export function iconClass(icon: Icon): string {
  if (icon === "database" || icon === "bucket" || icon === "cache") return "icon store";
  return icon === "queue" || icon === "topic" || icon === "stream" ? "icon message" : "icon";
}
