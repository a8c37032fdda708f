// What each kind becomes on ECS.
import { awsKinds } from "../aws/kinds";
import type { Kinds } from "../target";

export const kinds = {
  service: "ECS service on Fargate, with Service Connect and a listener rule",
  ...awsKinds,
} as const satisfies Kinds;
