// Origins of HTTPS. Pure.

/** Whether a text is scheme and host of an https URL, and no more. */
export function isHttpsOrigin(text: string): boolean {
  if (!/^https:\/\/[a-z0-9.-]+(:\d{1,5})?\/?$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).hostname.includes(".");
}
