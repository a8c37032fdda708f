// What the example of a function runs.
export const handler = (): string => "done";
