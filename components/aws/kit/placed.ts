// A component's `placement` says the region and account that its ARNs and rights name; its provider decides where its resources are
// made. This compares both before the first resource is registered.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { InvalidInput, type Placement, type Problem } from "../../kit";

/** Region and account of a provider; undefined where they are unknown. */
interface Place {
  readonly region: string | undefined;
  readonly accountIds: readonly string[] | undefined;
}

/**
 * Options with which a component is registered only when its placement fits its provider: its children wait for it, so a mismatch
 * stops them all. The engine registers a component after its `dependsOn`.
 *
 * The account is compared with the provider's `allowedAccountIds` only: without them, which account the credentials belong to is
 * known to AWS alone. A region that comes from a profile, or that is known after another resource was made, is not compared.
 */
export function placed(
  subject: string,
  placement: Placement,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.ComponentResourceOptions {
  const check = placeOf(providerOf(opts)).then((place) => {
    const problems = mismatches(placement, place);
    if (problems.length > 0) throw new InvalidInput(subject, problems);
    return [];
  });
  const others = opts?.dependsOn === undefined ? [] : [opts.dependsOn];
  // A list may hold lists and promises (gatherExplicitDependencies in @pulumi/pulumi/runtime/dependsOn); its type says less.
  return { ...opts, dependsOn: [check, ...others] as unknown as pulumi.Input<pulumi.Resource>[] };
}

/** What differs between a placement and the place of a provider. Pure. */
export function mismatches({ region, accountId }: Placement, place: Place): Problem[] {
  const problems: Problem[] = [];
  if (place.region !== undefined && place.region !== region) {
    problems.push({
      path: "placement.region",
      value: region,
      allowed: `"${place.region}", the region of its provider`,
      remedy: "give it a provider of this region (opts.provider), or correct the placement",
    });
  }
  if (place.accountIds !== undefined && place.accountIds.length > 0 && !place.accountIds.includes(accountId)) {
    problems.push({
      path: "placement.accountId",
      value: accountId,
      allowed: `${place.accountIds.join(", ")}: the allowedAccountIds of its provider`,
      remedy: "give it a provider of this account (opts.provider), or correct the placement",
    });
  }
  return problems;
}

/** The AWS provider that a component's children will have; undefined: the default one. */
function providerOf(opts: pulumi.ComponentResourceOptions = {}): pulumi.ProviderResource | undefined {
  const { provider, providers = [], parent } = opts;
  const given = [...(provider ? [provider] : []), ...(Array.isArray(providers) ? providers : Object.values(providers))];
  return given.find((one) => aws.Provider.isInstance(one)) ?? parent?.getProvider("aws:index/provider:Provider");
}

const places = new WeakMap<pulumi.ProviderResource, Promise<Place>>();

function placeOf(provider: pulumi.ProviderResource | undefined): Promise<Place> {
  if (provider === undefined)
    return Promise.resolve({ region: aws.config.region, accountIds: aws.config.allowedAccountIds });
  const known = places.get(provider);
  if (known) return known;
  // Each input of a resource is a property of it too; the class declares only those that are text.
  const { region, allowedAccountIds } = provider as unknown as Readonly<Record<string, unknown>>;
  const place = Promise.all([textOf(region), textOf(allowedAccountIds)]).then(([at, accounts]) => ({
    region: at,
    accountIds: accounts === undefined ? undefined : listOf(accounts),
  }));
  places.set(provider, place);
  return place;
}

/** The text of an output; undefined when it has none, or is known only after an update. */
async function textOf(value: unknown): Promise<string | undefined> {
  if (!pulumi.Output.isInstance(value)) return undefined;
  // The SDK does not declare `isKnown`, and `apply` never runs for an unknown value: a preview would wait for ever.
  const { isKnown } = value as unknown as { readonly isKnown: Promise<boolean> };
  if (!(await isKnown)) return undefined;
  return new Promise((resolve) => {
    value.apply((known) => {
      resolve(typeof known === "string" ? known : known === undefined ? undefined : JSON.stringify(known));
    });
  });
}

/** Provider inputs that are lists travel as JSON. */
function listOf(text: string): readonly string[] | undefined {
  try {
    const list = JSON.parse(text) as unknown;
    return Array.isArray(list) ? list.filter((one) => typeof one === "string") : undefined;
  } catch {
    return undefined;
  }
}
