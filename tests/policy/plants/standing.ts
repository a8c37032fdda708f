// What the plants name and do not make: it stands in the account already.

/** Type and identifier of each. */
export const STANDING: readonly (readonly [type: string, id: string])[] = [
  ["aws:efs/fileSystem:FileSystem", "fs-0aaaaaaaaaaaaaaaa"],
  ["aws:efs/fileSystem:FileSystem", "fs-0bbbbbbbbbbbbbbbb"],
  ["aws:lambda/function:Function", "a"],
  ["aws:lambda/function:Function", "open"],
  ["aws:lambda/function:Function", "fast"],
  ["aws:iam/policy:Policy", "arn:aws:iam::123456789012:policy/own"],
  [
    "aws:acm/certificate:Certificate",
    "arn:aws:acm:eu-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
  ],
];
