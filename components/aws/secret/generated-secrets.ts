// Secrets that no person ever sees: made at random, kept in Secrets Manager, read by one service.
// They are stored by the engine only in its encrypted form, because the random provider marks them secret.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import {
  type Grant,
  type Problem,
  tagged,
  placementProblems,
  throwIfAny,
  transformed,
  unless,
  variableProblems,
  wholeNumber,
} from "../../kit";
import { EncryptionKey, placed } from "../kit";
import type { GeneratedSecretsArgs } from "./args";

/** A secret as its reader needs it. */
export interface SecretReference {
  readonly arn: pulumi.Output<string>;
  readonly kmsKeyArn: pulumi.Output<string>;
  /** Changes with the value, so that its readers are deployed anew. */
  readonly versionId: pulumi.Output<string>;
}

/**
 * Random secrets under one customer-managed key. About 0.40 USD a month each and 1 USD for the key.
 * A new length makes a new value, with which a reader of `references` is deployed anew; a removed name deletes its secret after the recovery window.
 *
 * @example
 * const secrets = new GeneratedSecrets("user", { placement, secrets: { JWT_SIGNING_KEY: { length: 64 } } });
 */
export class GeneratedSecrets extends pulumi.ComponentResource {
  /** The secrets by name. */
  readonly references: Readonly<Record<string, SecretReference>>;
  /** The children, by secret. */
  readonly nodes: {
    readonly key: EncryptionKey;
    readonly passwords: Readonly<Record<string, random.RandomPassword>>;
    readonly secrets: Readonly<Record<string, aws.secretsmanager.Secret>>;
    readonly versions: Readonly<Record<string, aws.secretsmanager.SecretVersion>>;
  };

  constructor(name: string, args: GeneratedSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(
      "archipelago:secret:GeneratedSecrets",
      name,
      {},
      placed(`archipelago:secret:GeneratedSecrets "${name}"`, args.placement, opts),
    );
    throwIfAny(`archipelago:secret:GeneratedSecrets "${name}"`, [
      ...placementProblems(args.placement),
      ...validateSecrets(args),
    ]);
    const key = this.createKey(name, args);
    const made = Object.entries(args.secrets).map(
      ([variable, { length }]) => [variable, this.createSecret(name, variable, length, key, args)] as const,
    );
    this.nodes = {
      key,
      passwords: Object.fromEntries(made.map(([variable, { password }]) => [variable, password])),
      secrets: Object.fromEntries(made.map(([variable, { secret }]) => [variable, secret])),
      versions: Object.fromEntries(made.map(([variable, { version }]) => [variable, version])),
    };
    this.references = Object.fromEntries(
      // The version's output, so that no task starts before the secret has a value.
      made.map(([variable, { version }]) => [
        variable,
        { arn: version.secretArn, kmsKeyArn: key.arn, versionId: version.versionId },
      ]),
    );
    this.registerOutputs({ references: this.references });
  }

  /** The secrets as environment variables of their names. */
  grantRead(): Grant {
    return { secrets: this.references };
  }

  private createKey(name: string, args: GeneratedSecretsArgs): EncryptionKey {
    return new EncryptionKey(
      `${name}-secrets`,
      {
        placement: args.placement,
        description: `Secrets of ${name}`,
        ...tagged(args.tags),
        ...(args.transform?.key && { transform: args.transform.key }),
      },
      { parent: this },
    );
  }

  private createSecret(name: string, variable: string, length: number, key: EncryptionKey, args: GeneratedSecretsArgs) {
    const child = `${name}-${variable.toLowerCase().replaceAll("_", "-")}`;
    const password = new random.RandomPassword(
      ...transformed<random.RandomPasswordArgs>(args.transform?.password, child, { length }, { parent: this }),
    );
    const secret = new aws.secretsmanager.Secret(
      ...transformed<aws.secretsmanager.SecretArgs>(
        args.transform?.secret,
        child,
        {
          description: `${variable} of ${name}`,
          kmsKeyId: key.arn,
          recoveryWindowInDays: args.recoveryWindowInDays ?? 30,
          ...tagged(args.tags),
        },
        { parent: this },
      ),
    );
    const version = new aws.secretsmanager.SecretVersion(
      ...transformed<aws.secretsmanager.SecretVersionArgs>(
        args.transform?.version,
        child,
        { secretId: secret.id, secretString: password.result },
        { parent: this },
      ),
    );
    return { password, secret, version };
  }
}

/** Everything that is wrong with the arguments. Pure. */
export function validateSecrets(args: Pick<GeneratedSecretsArgs, "secrets" | "recoveryWindowInDays">): Problem[] {
  const problems = Object.entries(args.secrets).flatMap(([variable, { length }]) => [
    ...variableProblems(`secrets.${variable}`, variable),
    ...wholeNumber(`secrets.${variable}.length`, length, 16, 4096, "choose a length that can't be guessed"),
  ]);
  const { recoveryWindowInDays: window = 30 } = args;
  return [
    ...problems,
    ...unless(window === 0 || (Number.isInteger(window) && window >= 7 && window <= 30), {
      path: "recoveryWindowInDays",
      value: window,
      allowed: "0, or a whole number of days, 7 to 30",
      remedy: "take 30, or 0 in an environment that comes and goes",
    }),
  ];
}
