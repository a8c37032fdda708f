// Secrets that no person ever sees: made at random, kept in one immutable Secret, read by one workload.
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { type Problem, throwIfAny, transformed, variableProblems, wholeNumber } from "../../kit";
import { type Grant, inCluster } from "../kit";
import type { GeneratedSecretsArgs } from "./args";

const TYPE = "archipelago:kubernetes:GeneratedSecrets";

/**
 * Random secrets in a Secret of Kubernetes. It costs nothing. A new length makes a new value, and each change a new Secret with a name of its
 * own: its reader gets new pods, and the old Secret goes after them.
 *
 * @example
 * new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } }, { provider });
 */
export class GeneratedSecrets extends pulumi.ComponentResource {
  /** Name of the Secret; its keys are the variables. */
  readonly secretName: pulumi.Output<string>;
  /** The children, by variable where there are several. */
  readonly nodes: {
    readonly passwords: Readonly<Record<string, random.RandomPassword>>;
    readonly secret: kubernetes.core.v1.Secret;
  };

  constructor(
    name: string,
    private readonly args: GeneratedSecretsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(TYPE, name, {}, inCluster(`${TYPE} "${name}"`, opts));
    throwIfAny(`${TYPE} "${name}"`, validateSecrets(args));
    const passwords = Object.fromEntries(
      Object.entries(args.secrets).map(([variable, { length }]) => [
        variable,
        this.createPassword(name, variable, length),
      ]),
    );
    this.nodes = { passwords, secret: this.createSecret(name, passwords) };
    this.secretName = this.nodes.secret.metadata.name;
    this.registerOutputs({ secretName: this.secretName });
  }

  /** The secrets as environment variables of their names. */
  grantRead(): Grant {
    const links = Object.keys(this.args.secrets).map((key) => [key, { secretName: this.secretName, key }] as const);
    return { secrets: Object.fromEntries(links) };
  }

  private createPassword(name: string, variable: string, length: number): random.RandomPassword {
    const child = `${name}-${variable.toLowerCase().replaceAll("_", "-")}`;
    return new random.RandomPassword(
      ...transformed<random.RandomPasswordArgs>(this.args.transform?.password, child, { length }, { parent: this }),
    );
  }

  private createSecret(
    name: string,
    passwords: Readonly<Record<string, random.RandomPassword>>,
  ): kubernetes.core.v1.Secret {
    const { namespace, labels = {} } = this.args.placement;
    const values = Object.entries(passwords).map(([variable, { result }]) => [variable, result] as const);
    return new kubernetes.core.v1.Secret(
      ...transformed<kubernetes.core.v1.SecretArgs>(
        this.args.transform?.secret,
        `${name}-secrets`,
        // Without a name: the engine makes one for each content.
        { metadata: { namespace, labels: { ...labels } }, immutable: true, stringData: Object.fromEntries(values) },
        { parent: this },
      ),
    );
  }
}

/** Everything that is wrong with the arguments. Pure. */
export function validateSecrets({ secrets }: Pick<GeneratedSecretsArgs, "secrets">): Problem[] {
  return Object.entries(secrets).flatMap(([variable, { length }]) => [
    ...variableProblems(`secrets.${variable}`, variable),
    ...wholeNumber(`secrets.${variable}.length`, length, 16, 4096, "choose a length that can't be guessed"),
  ]);
}
