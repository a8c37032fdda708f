// Validates that a network's range is private: a public range would make its addresses on the internet unreachable.
import { addresses, parseRange, type Range } from "../../components/kit/subnets";

/** Whether a range lies in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918). */
export function isPrivate({ start, prefix }: Range): boolean {
  return ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((text) => {
    const range = parseRange(text);
    if (range === undefined || prefix < range.prefix) return false;
    return start >= range.start && start < range.start + addresses(range.prefix);
  });
}
