// Children beside the replication group: key, network, users, logs, alarms.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { cacheAccess, DEFAULT_CACHE_USER, type Signal, tagged, transformed } from "../../kit";
import { closedSecurityGroup, encryptedLogGroup, EncryptionKey, signalAlarms, suffixOf } from "../kit";
import type { CacheArgs } from "./args";
import type { ResolvedCache } from "./resolve";
import { DEFAULT_USER_ACCESS, USER_ENGINE } from "./users";

/** Logs of a replication group, as ElastiCache calls them. */
const LOGS = ["slow-log", "engine-log"];

/** The component that owns the children: its name, and the options that they take from it. */
export interface Owner {
  readonly parent: pulumi.ComponentResource;
  readonly name: string;
  readonly args: CacheArgs;
}

/** Children around the replication group. */
export interface Surroundings {
  readonly key: EncryptionKey;
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly subnetGroup: aws.elasticache.SubnetGroup;
  /** By the kind of log (`slow-log`). */
  readonly logGroups: Readonly<Record<string, aws.cloudwatch.LogGroup>>;
  /** By the service's name. */
  readonly users: Readonly<Record<string, aws.elasticache.User>>;
  readonly defaultUser: aws.elasticache.User;
  readonly userGroup: aws.elasticache.UserGroup;
}

/** Everything that must be there before the replication group. */
export function createSurroundings(owner: Owner, resolved: ResolvedCache): Surroundings {
  const { parent, name, args } = owner;
  const key = createKey(owner, resolved);
  // Users and their groups are named once an account and have no auto-naming.
  const suffix = suffixOf(key);
  const defaultUser = createDefaultUser(owner, suffix);
  const users = createUsers(owner, resolved, suffix);
  return {
    key,
    securityGroup: closedSecurityGroup(
      { parent, tags: args.tags },
      args.transform?.securityGroup,
      `${name}-security-group`,
      { vpcId: args.network.vpcId, description: `Cache ${name}` },
    ),
    subnetGroup: createSubnetGroup(owner),
    logGroups: createLogGroups(owner, resolved, key),
    users,
    defaultUser,
    userGroup: createUserGroup(owner, suffix, [defaultUser, ...Object.values(users)]),
  };
}

/** The alarms of signals, by their role. */
export function createAlarms({ parent, name, args }: Owner, signals: readonly Signal[]) {
  const { tags, transform, alarmTopicArn } = args;
  return signalAlarms(
    {
      parent,
      tags,
      transform: transform?.alarm,
      topicArn: alarmTopicArn,
      nameOf: ({ role }) => `${name}-${role}-alarm`,
    },
    signals,
  );
}

function createKey({ parent, name, args }: Owner, { protectData }: ResolvedCache): EncryptionKey {
  return new EncryptionKey(
    name,
    {
      placement: args.placement,
      description: `Nodes, snapshots and logs of the cache ${name}`,
      logs: true,
      retainOnDelete: protectData,
      ...tagged(args.tags),
      ...(args.transform?.key && { transform: args.transform.key }),
    },
    { parent },
  );
}

function createSubnetGroup({ parent, name, args }: Owner): aws.elasticache.SubnetGroup {
  return new aws.elasticache.SubnetGroup(
    ...transformed<aws.elasticache.SubnetGroupArgs>(
      args.transform?.subnetGroup,
      `${name}-subnet-group`,
      { subnetIds: args.network.isolatedSubnetIds, description: `Isolated subnets of ${name}`, ...tagged(args.tags) },
      { parent },
    ),
  );
}

/** CloudWatch lets services deliver to `/aws/vendedlogs/` without a statement of the size-limited resource policy each. */
function createLogGroups({ parent, name, args }: Owner, { logRetentionInDays }: ResolvedCache, key: EncryptionKey) {
  const groups = LOGS.map((kind): [string, aws.cloudwatch.LogGroup] => [
    kind,
    encryptedLogGroup({ parent, tags: args.tags }, args.transform?.logGroup, `${name}-${kind}`, {
      namePrefix: `/aws/vendedlogs/elasticache/${name}-${kind}-`,
      retentionInDays: logRetentionInDays,
      kmsKeyId: key.arn,
    }),
  ]);
  return Object.fromEntries(groups);
}

function createDefaultUser({ parent, name, args }: Owner, suffix: pulumi.Output<string>) {
  return new aws.elasticache.User(
    ...transformed<aws.elasticache.UserArgs>(
      args.transform?.user,
      `${name}-${DEFAULT_CACHE_USER}-user`,
      {
        userId: pulumi.interpolate`${DEFAULT_CACHE_USER}-${suffix}`,
        userName: DEFAULT_CACHE_USER,
        engine: USER_ENGINE,
        accessString: DEFAULT_USER_ACCESS,
        // The user is off. A password for it would only be a secret more in Pulumi's state.
        authenticationMode: { type: "no-password-required" },
        ...tagged(args.tags),
      },
      { parent },
    ),
  );
}

/** IAM authentication demands that a user's identifier and name are the same. */
function createUsers({ parent, name, args }: Owner, { users }: ResolvedCache, suffix: pulumi.Output<string>) {
  const created = users.map((service): [string, aws.elasticache.User] => {
    const userId = pulumi.interpolate`${service}-${suffix}`;
    const user = new aws.elasticache.User(
      ...transformed<aws.elasticache.UserArgs>(
        args.transform?.user,
        `${name}-${service}-user`,
        {
          userId,
          userName: userId,
          engine: USER_ENGINE,
          accessString: cacheAccess(args.sharing?.[service] ?? service),
          authenticationMode: { type: "iam" },
          ...tagged(args.tags),
        },
        { parent },
      ),
    );
    return [service, user];
  });
  return Object.fromEntries(created);
}

function createUserGroup(
  { parent, name, args }: Owner,
  suffix: pulumi.Output<string>,
  users: readonly aws.elasticache.User[],
): aws.elasticache.UserGroup {
  return new aws.elasticache.UserGroup(
    ...transformed<aws.elasticache.UserGroupArgs>(
      args.transform?.userGroup,
      `${name}-user-group`,
      {
        userGroupId: pulumi.interpolate`${name}-${suffix}`,
        engine: USER_ENGINE,
        userIds: users.map((user) => user.userId),
        ...tagged(args.tags),
      },
      { parent },
    ),
  );
}
