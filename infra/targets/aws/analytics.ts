// Analytics stores on AWS: Athena with Iceberg tables in a bucket.
import { AnalyticsStore } from "../../../components/aws/analytics";
import type { AnalyticsNode } from "../../model/kinds/analytics";
import type { Bound } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { storeName } from "./names";
import { ownedBy } from "./renames";

export function bindAnalytics({ owner: name, settings }: AnalyticsNode, foundation: Foundation): Bound {
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts } = foundation;
  const { queryLimit, resultRetention } = settings;
  const former = owner.renamedFrom === undefined ? undefined : storeName(owner.renamedFrom, "analytics");
  const store = new AnalyticsStore(
    storeName(name, "analytics"),
    {
      placement,
      ...(queryLimit !== undefined && { queryLimit }),
      ...(resultRetention !== undefined && { resultRetention }),
      protectData: owner.protectData,
      tags,
    },
    ownedBy(opts, storeName(name, "analytics"), former),
  );
  return {
    grant: () => store.grantReadWrite(),
    outputs: { analytics: { [name]: store.workgroupName } },
    ...observed(store),
  };
}
