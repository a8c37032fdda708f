// The request on the command line, and all its problems.
import type { Problem } from "../../components/kit/problems";
import { Findings } from "../../infra/model/findings";
import type { Context, Service, System } from "../../infra/model/system";
import { validateSystem } from "../../infra/model/validate";

/** A request as it was typed; empty means left out. */
export interface Asked {
  readonly name: string;
  readonly context: string;
  readonly system: string;
  readonly stack: string;
}

/** A service that fits into a system. */
export interface Addition {
  readonly name: string;
  readonly service: Service;
  /** Undefined when the service joins a context that is there. */
  readonly context: { readonly name: string; readonly value: Context } | undefined;
  /** The entrance that gets a route to the service; undefined where the system has none, or several. */
  readonly entrance: string | undefined;
}

/**
 * The addition to a system, and its problems.
 *
 * @param entrances names of the entrances to which a route can be added
 */
export function additionTo(
  system: System,
  { name, context }: Asked,
  entrances: readonly string[],
): { addition: Addition; problems: Problem[] } {
  const findings = new Findings();
  const services = Object.keys(system.services);
  findings.require(
    !services.includes(name),
    "NAME",
    name,
    `a name that ${system.name} has not: ${services.join(", ")} are taken`,
    "choose another name",
  );
  if (context !== "") findings.requireKnown(context, Object.keys(system.contexts), "CONTEXT", "context");
  const added = context === "" ? newContext(name, system, findings) : undefined;
  const service = serviceOf(name, context === "" ? pascalCase(name) : context);
  const addition = { name, service, context: added, entrance: entranceFor(system, name, entrances) };
  return { addition, problems: [...findings.problems, ...problemsWith(system, addition)] };
}

/** The only entrance of a system: with it, the load balancer accepts no requests but the entrance's. Of several, a person chooses. */
function entranceFor(system: System, name: string, entrances: readonly string[]): string | undefined {
  const [[entrance, { routes }] = ["", { routes: {} }], ...others] = Object.entries(system.entrances ?? {});
  return others.length === 0 && entrances.includes(entrance) && !Object.hasOwn(routes, name) ? entrance : undefined;
}

/** A system with what is to be added to it. */
export function systemWith(system: System, { name, service, context, entrance }: Addition): System {
  const { [entrance ?? ""]: changed, ...others } = system.entrances ?? {};
  return {
    ...system,
    ...(entrance !== undefined &&
      changed && { entrances: { ...others, [entrance]: { ...changed, routes: { ...changed.routes, [name]: {} } } } }),
    contexts: { ...system.contexts, ...(context && { [context.name]: context.value }) },
    services: { ...system.services, [name]: service },
  };
}

/** Problems of the system with the addition, without those of the request itself. */
function problemsWith(system: System, addition: Addition): Problem[] {
  const { name } = addition;
  if (name === "" || Object.hasOwn(system.services, name)) return [];
  // A path that two services expose is a problem of the entrance too; it is reported once.
  const problems = [{ ...addition, entrance: undefined }, addition]
    .map((one) => validateSystem(systemWith(system, one)).filter(({ path }) => path !== `services.${name}.context`))
    .reduce((first, second) => (first.length > 0 ? first : second));
  const misnamed = problems.filter(({ path }) => path === `services.${name}`);
  // Problems that follow from an invalid name are left out.
  return misnamed.length > 0 ? misnamed.map((problem) => ({ ...problem, path: "NAME" })) : problems;
}

/** The context of a service that joins none: it owns one entity, called as the service is. */
function newContext(name: string, system: System, findings: Findings): Addition["context"] {
  const context = pascalCase(name);
  findings.require(
    !Object.hasOwn(system.contexts, context),
    "CONTEXT",
    undefined,
    `the name of a context, because a new one for ${name} would be called ${context}, which exists`,
    `write CONTEXT=${context} to join it, or choose another name for the service`,
  );
  const owner = Object.entries(system.contexts).find(([, { entities }]) => entities.includes(context));
  findings.require(
    owner === undefined,
    "CONTEXT",
    undefined,
    `the name of a context, because ${owner?.[0] ?? ""} owns the entity ${context} already`,
    `write CONTEXT=${owner?.[0] ?? ""} to join it, or choose another name for the service`,
  );
  return { name: context, value: { description: `What the ${name} service is about`, entities: [context] } };
}

/** A service as most begin: routes, a small database of its own, two tasks. */
function serviceOf(name: string, context: string): Service {
  const path = `/api/${plural(name)}`;
  return {
    context,
    description: `The ${name} service`,
    exposes: { paths: [path, `${path}/*`], authentication: "by-service" },
    owns: {
      database: {
        kind: "postgres",
        databaseName: `${name.replaceAll("-", "")}service`,
        instanceClass: "db.t3.micro",
        allocatedStorage: "20 GiB",
        maxAllocatedStorage: "100 GiB",
        backupRetention: "7d",
        migration: { command: ["node", "dist/migrate.js"] },
      },
    },
    scaling: { min: 2, max: 4, cpu: 70 },
  };
}

/** `shipping-label` as `ShippingLabel`. */
function pascalCase(name: string): string {
  return name.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The collection's name in a path: `reviews`, `categories`, `addresses`. */
function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}
