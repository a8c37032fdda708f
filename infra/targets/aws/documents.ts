// Document databases on AWS: DocumentDB, and the function that makes the user which the service signs in as.
import { DocumentDatabase } from "../../../components/aws/documents";
import type { DocumentsNode } from "../../model/kinds/documents";
import type { Bound } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { documentsName } from "./names";
import { prepareStore, startingAfter } from "./prepare-store";
import { ownedBy } from "./renames";

export function bindDocuments({ owner: name, settings }: DocumentsNode, foundation: Foundation): Bound {
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts, network, plan } = foundation;
  const former = owner.renamedFrom === undefined ? undefined : documentsName(owner.renamedFrom);
  const { instances, backupRetention, instanceClass, snapshotIdentifier } = settings;
  const database = new DocumentDatabase(
    documentsName(name),
    {
      placement,
      network,
      instances,
      backupRetention,
      ...(instanceClass !== undefined && { instanceClass }),
      ...(snapshotIdentifier !== undefined && { snapshotIdentifier }),
      logRetentionInDays: plan.environment.logRetentionDays,
      protectData: owner.protectData,
      tags,
    },
    ownedBy(opts, documentsName(name), former),
  );
  const grant = database.grantPrepare();
  const { made, call, given } = prepareStore(foundation, owner, {
    name: "documents-users",
    description: `Makes the user of the document database of ${name}`,
    handler: "prepare-documents",
    grant,
    request: {},
    triggers: { database: database.resourceId, role: database.accessRoleArn },
    startsAfter: grant.startsAfter ?? [],
  });
  const [own, ofUsers] = [observed(database), observed(made)];
  return {
    grant: () => startingAfter(database.grantConnect(), call),
    given,
    outputs: { documentDatabases: { [name]: database.endpoint } },
    ...own,
    alarms: [...(own.alarms ?? []), ...(ofUsers.alarms ?? [])],
  };
}
