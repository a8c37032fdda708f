// Which ranges a network may have: private ones, so that no address of the internet is hidden by them.
import { addresses, parseRange, type Range } from "../../components/kit/subnets";

/** Whether a range lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918). */
export function isPrivate({ start, prefix }: Range): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((text) => {
    const range = parseRange(text);
    if (range === undefined || prefix < range.prefix) return false;
    return start >= range.start && start < range.start + addresses(range.prefix);
  });
}
