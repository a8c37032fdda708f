// The document database of a service.
import { type Duration, seconds } from "../../../../components/kit/units";
import type { Thing } from "../../edges";
import { sorted } from "../../order";
import { type Kind, ownsEdges, useOfOne, variablesWith } from "../kind";
import { type Documents, owns } from "./description";

const describes = { owns };

/** A document database, as an environment has it. */
export interface DocumentsNode extends Thing {
  readonly kind: "documents";
  readonly owner: string;
  readonly settings: Omit<Documents, "reason" | "instances" | "backupRetention"> & {
    readonly instances: number;
    readonly backupRetention: Duration;
  };
}

export const documents: Kind<typeof describes, DocumentsNode> = {
  describes,

  variables: (_, { owns: stores }) =>
    stores?.documents ? variablesWith("DOCUMENTS_", ["HOST", "PORT", "NAME", "ROLE_ARN"], "owns.documents") : [],

  uses: useOfOne("documents", "documents", "document database"),

  words: ({ owner, settings: { instances } }) => ({
    thing: `documents:${owner}`,
    icon: "database",
    card: `document database, ${instances === 1 ? "1 instance" : `${instances} instances`}`,
    legend: "own document database",
    flowchart: { suffix: "documents", label: "document database" },
    sentence: `${owner} alone owns the document database`,
    panel: { head: "documents", note: "document database, its own" },
    catalogue: ["owns a document database"],
  }),

  derive({ system, environment }) {
    const { multiAz, minBackupRetention } = environment.database;
    const nodes = sorted(system.services).flatMap(([owner, { owns: stores }]): DocumentsNode[] => {
      if (!stores?.documents) return [];
      const { reason, instances = multiAz ? 2 : 1, backupRetention = "7d", ...described } = stores.documents;
      const isLonger = (seconds(backupRetention) ?? 0) >= (seconds(minBackupRetention) ?? 0);
      const settings = {
        ...described,
        instances,
        backupRetention: isLonger ? backupRetention : minBackupRetention,
      };
      return [{ kind: "documents", name: `${owner}-documents`, owner, settings }];
    });
    return { nodes, edges: ownsEdges(nodes) };
  },
};
