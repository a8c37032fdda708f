// Names of hosts in a configuration: how they are spelt, and which of them stand in examples only.
import type { Findings } from "./findings";

/** A lower-case domain name. */
export const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
// RFC 2606: nobody can own these, so a certificate for them is never issued and mail to them never arrives.
const RESERVED = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/;

/** Records a problem when a run for an account names a host that nobody can own. */
export function requireReal(key: string, value: string, host: string, offline: boolean, findings: Findings): void {
  findings.require(
    offline || !RESERVED.test(host),
    `archipelago:${key}`,
    value,
    "a domain of yours; this one is reserved for examples",
    "replace it in Pulumi.<stack>.yaml, remove the key, or run with OFFLINE=1",
  );
}
