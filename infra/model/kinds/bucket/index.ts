// Buckets of a service.
import { constantCase } from "../../../../components/kit/names";
import { type Kind, variablesWith } from "../kind";
import { owns } from "./description";

const describes = { owns };

export const bucket: Kind<typeof describes> = {
  describes,
  variables: (_, { owns: { buckets = {} } = {} }) =>
    Object.keys(buckets).flatMap((name) => variablesWith(`${constantCase(name)}_`, ["BUCKET"], `owns.buckets.${name}`)),
};
