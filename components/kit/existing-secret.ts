// A secret of Secrets Manager that exists already: what its ARN must look like, and where it must be. Pure.
import { type Problem, unless } from "./problems";

/** A secret that somebody else has created. */
export interface ExistingSecret {
  /** Complete ARN, with the six characters that Secrets Manager puts behind the name. */
  readonly arn: string;
  /** Key that the secret is encrypted with. @default AWS's own key, which needs no right */
  readonly kmsKeyArn?: string;
}

const SECRET =
  /^arn:(?<partition>aws[\w-]*):secretsmanager:(?<region>[a-z0-9-]+):(?<account>\d{12}):secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/;
const KEY = /^arn:(?<partition>aws[\w-]*):kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):key\/[\w-]+$/;

/** Whether a text is the complete ARN of a secret. */
export function isSecretArn(text: string): boolean {
  return SECRET.test(text);
}

/** Whether a text is the ARN of a key; an alias is none, because IAM does not resolve it. */
export function isKeyArn(text: string): boolean {
  return KEY.test(text);
}

/** What a message says of the ARN of a secret. */
export const SECRET_ARN =
  "the complete ARN of a secret, arn:aws:secretsmanager:<region>:<account>:secret:<name>-<6 characters>";
/** What a message says of the ARN of a key. */
export const KEY_ARN = "the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>";

/** Where tasks run. */
interface Place {
  readonly partition?: string | undefined;
  readonly region?: string | undefined;
  readonly accountId?: string | undefined;
}

/**
 * Problems of a secret's place. Tasks reach Secrets Manager of their own region only, through its endpoint; and a secret of another
 * account can't be read with AWS's own key (https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html).
 */
export function secretPlaceProblems(path: string, { arn, kmsKeyArn }: ExistingSecret, place: Place): Problem[] {
  const secret = SECRET.exec(arn)?.groups;
  const key = kmsKeyArn === undefined ? undefined : KEY.exec(kmsKeyArn)?.groups;
  const { partition, region, accountId } = place;
  const here = (found: Readonly<Record<string, string>> | undefined): boolean =>
    found === undefined ||
    ((region === undefined || found.region === region) && (partition === undefined || found.partition === partition));
  const allowed = `a place that tasks reach: ${region ?? "their region"} in the partition ${partition ?? "of it"}`;
  const remedy =
    "name the secret of this stack's region, or replicate it there: aws secretsmanager replicate-secret-to-regions";
  return [
    ...unless(here(secret), { path: `${path}.arn`, value: arn, allowed, remedy }),
    ...unless(here(key), {
      path: `${path}.kmsKeyArn`,
      value: kmsKeyArn,
      allowed,
      remedy: "name the key of this region",
    }),
    ...unless(secret === undefined || accountId === undefined || secret.account === accountId || key !== undefined, {
      path: `${path}.kmsKeyArn`,
      value: kmsKeyArn,
      allowed: `the key of a secret of another account than ${accountId ?? ""}: AWS's own key opens it in its own account only`,
      remedy:
        "encrypt the secret with a key, let the execution role in by the secret's and the key's policies, and name the key",
    }),
  ];
}

/**
 * Secrets that one service may read: IAM takes 10,240 characters of inline policies for the role that starts its tasks
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html), and the ARN of a secret has up to 115.
 */
const MOST_SECRETS = 80;

/** A problem when a service reads more secrets than its role can name. Several fields of one secret count once. */
export function secretCountProblems(path: string, count: number): Problem[] {
  return unless(count <= MOST_SECRETS, {
    path,
    value: `${count} secrets`,
    allowed: `at most ${MOST_SECRETS}: the policy of the role that starts the tasks holds no more`,
    remedy: "keep several values in one secret that holds JSON (field), or split the service",
  });
}
