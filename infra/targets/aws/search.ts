// Search domains on AWS: OpenSearch Service.
import { SearchDomain } from "../../../components/aws/search";
import type { SearchNode } from "../../model/kinds/search";
import type { Bound } from "../target";
import { observed, ownerOf } from "./bindings";
import type { Foundation } from "./foundation";
import { searchName } from "./names";
import { ownedBy } from "./renames";
import { searchZones } from "./search-nodes";

export function bindSearch(node: SearchNode, foundation: Foundation): Bound {
  const { owner: name, settings, isRedundant } = node;
  const { owner, tags } = ownerOf(foundation, name);
  const { placement, opts, network, plan } = foundation;
  const former = owner.renamedFrom === undefined ? undefined : searchName(owner.renamedFrom);
  const zones = searchZones(node, plan.zones.length);
  const { nodesPerZone = 1, engineVersion, instanceType, volume } = settings;
  const domain = new SearchDomain(
    searchName(name),
    {
      placement,
      network,
      zones,
      nodes: zones * nodesPerZone,
      dedicatedMasters: isRedundant,
      ...(engineVersion !== undefined && { engineVersion: engineVersion as `${number}.${number}` }),
      ...(instanceType !== undefined && { instanceType: instanceType as `${string}.search` }),
      ...(volume !== undefined && { volume }),
      logRetentionInDays: plan.environment.logRetentionDays,
      protectData: owner.protectData,
      tags,
    },
    ownedBy(opts, searchName(name), former),
  );
  return {
    grant: () => domain.grantReadWrite(),
    outputs: { searchDomains: { [name]: domain.endpoint } },
    ...observed(domain),
  };
}
