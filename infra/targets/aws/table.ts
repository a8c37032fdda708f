// Key-value tables on AWS: DynamoDB.
import { Table } from "../../../components/aws/table";
import { constantCase } from "../../../components/kit";
import type { TableNode } from "../../model/kinds/table";
import { type Bound, refused } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { storeName } from "./names";
import { ownedBy } from "./renames";

export function bindTable({ owner: name, name: table, settings }: TableNode, foundation: Foundation): Bound {
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts, network } = foundation;
  const former = owner.renamedFrom === undefined ? undefined : storeName(owner.renamedFrom, table);
  const args = { placement, protectData: owner.protectData, tags, ...settings };
  const store = new Table(storeName(name, table), args, ownedBy(opts, storeName(name, table), former));
  const variable = `${constantCase(table)}_TABLE`;
  const grants = {
    owns: () => store.grantReadWrite(variable),
    reads: () => store.grantRead(variable),
    writes: () => store.grantWrite(variable),
    appends: () => store.grantAppend(variable),
    records: () => store.grantReadAppend(variable),
  };
  return {
    grant(edge) {
      const { verb } = edge;
      if (verb === "consumes") return store.grantReadChanges();
      const grant = Object.hasOwn(grants, verb) ? grants[verb as keyof typeof grants] : undefined;
      return grant ? { ...grant(), ...network.grantDynamodb() } : refused(edge, edge.to);
    },
    ...(store.streamArn && { arn: store.streamArn }),
    outputs: { tables: { [`${name}-${table}`]: store.tableName } },
    ...observed(store),
  };
}
