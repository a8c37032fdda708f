// IAM's wildcards: `*` stands for any text, `?` for one character, in actions and in ARNs.

/** The parts of an ARN or of a pattern of one. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the account, colons included. */
  readonly resource: string;
}

const compiled = new Map<string, RegExp>();

/** Whether a text fits a pattern; a wildcard in the text is a character like any other. */
export function fits(pattern: string, text: string, ignoreCase = false): boolean {
  const key = ignoreCase ? `i${pattern}` : `c${pattern}`;
  let expression = compiled.get(key);
  if (expression === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    expression = new RegExp(`^${source}$`, ignoreCase ? "is" : "s");
    compiled.set(key, expression);
  }
  return expression.test(text);
}

/** Whether a pattern has a wildcard. A policy variable (`${aws:username}`) is none, `${*}` and `${?}` are characters. */
export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern.replace(/\$\{[^}]*\}/g, ""));
}

/** Whether a pattern fits whatever there is: nothing but wildcards, with at least one `*`. */
export function isAnything(pattern: string): boolean {
  return /^[*?]*\*[*?]*$/.test(pattern);
}

/** The parts of an ARN; undefined when the text is none. A trailing `*` stands for the parts that were left out. */
export function arnParts(arn: string): ArnParts | undefined {
  const [prefix, ...parts] = arn.split(":");
  if (prefix !== "arn") return undefined;
  const last = parts.at(-1) ?? "";
  const missing = parts.length < 5 && last.endsWith("*") ? Array<string>(5 - parts.length).fill("*") : [];
  const [partition, service, region, account, ...resource] = [...parts, ...missing];
  if (partition === undefined || service === undefined || region === undefined || account === undefined)
    return undefined;
  return { partition, service, region, account, resource: resource.join(":") };
}

/** Whether an ARN pattern names one account, or a resource that is one of a kind without it (a bucket, a hosted zone). */
export function namesAccount(pattern: string): boolean {
  const parts = arnParts(pattern);
  if (parts === undefined) return false;
  if (isAccountId(parts.account)) return true;
  if (parts.service === "s3") return /^\*?$/.test(parts.account) && /^[^*?]{3}/.test(parts.resource);
  return parts.account === "" && !hasWildcard(parts.resource);
}

/** Whether a text is one account's number, or a policy variable that stands for one. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text) || /^\$\{[a-z0-9-]+:[^}]+\}$/i.test(text);
}
