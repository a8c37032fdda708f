// A card: what the emulation adds to the SDK's declaration of an AWS type. Data first; functions only for what data cannot say.
// Each service has one file in ./services. Everything else is derived: references, constraints, the order of deletion, times,
// review's list of data that would be lost, and the example of drift.
import type { Existing } from "../providers/core/record";
import type { TypeRule } from "../providers/core/rules";
import { plainAll, type Value } from "../providers/core/values";
import type { World } from "../providers/core/world";
import { commonConstraints } from "./common";
import { policyAt, type PolicyKind } from "./policies";
import type { Figure, Variant } from "./times";
import { assumable, type ServicePrincipal } from "./trust";

/** One type. Inputs are named by path; a list's items by the list's own path with `[]`. */
export interface Card extends Omit<TypeRule, "replaces"> {
  /** The file of hashicorp/terraform-provider-aws, below internal/service, from which `replaces` and the limits in the JSON file were read. */
  readonly source?: string;
  /**
   * Inputs whose change replaces the resource, separated by blanks; a list's items by the list's own path. With `#` at its end, of a block
   * that replaces when it comes or goes.
   * @default the name, and the inputs whose documentation says so
   */
  readonly replaces?: string;
  /** Inputs with an IAM policy document, and the kind of each document. @default none */
  readonly policies?: Readonly<Record<string, PolicyKind>>;
  /** Inputs that name a role, and the service that must be able to assume it. @default none */
  readonly roles?: Readonly<Record<string, ServicePrincipal>>;
  /** The property that protects it from deletion while it is true. @default none */
  readonly protectedBy?: string;
  /** The data that is lost with it. @default none */
  readonly holds?: string;
  /** How long AWS takes to create it. @default a second */
  readonly creation?: Figure;
  /** Creations that take another time; the first that fits counts. @default none */
  readonly creationWhen?: readonly Variant[];
  /** How long AWS takes to delete it. @default no time */
  readonly deletion?: Figure;
  /** Deletions that take no time. @default none */
  readonly deletesAtOnce?: (inputs: Readonly<Record<string, Value>>) => boolean;
  /** What a person changes by hand in the example of drift: properties and their new values, or the whole resource is deleted. */
  readonly drift?: Readonly<Record<string, Value>> | "deleted";
}

/** The cards of a service, by type token. */
export type Cards = Readonly<Record<string, Card>>;

/** The rule that the core reads. */
export function ruleOf(card: Card): TypeRule {
  const { replaces, policies = {}, roles = {}, constraints = [], ...rule } = card;
  return {
    ...rule,
    ...(replaces !== undefined && { replaces: replaces.trim().split(/\s+/).filter(Boolean) }),
    constraints: [
      ...Object.entries(policies).map(([path, kind]) => policyAt(path, kind)),
      ...constraints,
      ...(Object.keys(roles).length > 0 ? [assumable(roles)] : []),
      ...commonConstraints,
    ],
    undeletable: (existing, world) => protection(card, existing) ?? card.undeletable?.(existing, world),
  };
}

function protection({ protectedBy }: Card, existing: Existing): string | undefined {
  if (protectedBy === undefined || plainAll(existing.outputs)[protectedBy] !== true) return undefined;
  return `${protectedBy} is on: set it to false and update first, then delete`;
}

/** Why a resource can't be deleted now; undefined when it can. */
export type Undeletable = (existing: Existing, world: World) => string | undefined;
