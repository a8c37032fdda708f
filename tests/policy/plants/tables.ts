// Plants from the tables of cases: the right resource of each type, and the wrong ones with as many changes as go together.
import { changed, filled, LITERALS, themes } from "../cases";
import type { Case, Change } from "../cases/case";
import type { Network } from "./network";
import type { Args, Planter } from "./planter";

/** Properties that are names, of which there may be one each. */
const NAMES = /^(name|.*Name|.*Identifier|.*Id|prefix)$/;

/** A right one would make every bucket of the account right. */
export const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

/** Types of which only one of several properties may be given, so that a table can't complete what a plant says. */
const WHOLE = new Set(["aws:ec2/route:Route", "aws:elasticache/cluster:Cluster"]);

const cases: readonly Case[] = Object.values(themes).flat();

/** What the texts with `$` stand for among plants. */
function meanings(net: Network): Readonly<Record<string, unknown>> {
  const [first] = net.isolated;
  return {
    ...LITERALS,
    $key: net.key,
    $subnet: first?.id,
    $subnets: net.isolated.map(({ id }) => id),
    $group: net.group.id,
    $vpc: net.vpc.id,
  };
}

/** A planter that completes what it is given from the tables. */
export interface Completing extends Planter {
  /** Says what others stand in, once it is there. */
  readonly about: (net: Network) => void;
  /** The types of which a right one is planted. */
  readonly planted: ReadonlySet<string>;
  /** What the texts with `$` stand for. */
  readonly known: () => Readonly<Record<string, unknown>>;
}

/** A trust of every service that the tables name. */
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: {
        Service: ["lambda", "states", "scheduler", "eks", "monitoring.rds", "rds", "firehose", "config", "dax", "dlm", "cloudtrail", "appsync", "codebuild", "ec2", "backup"].map((service) => `${service}.amazonaws.com`), // prettier-ignore
      },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ],
});

/** A planter that gives right plants what the table of their type has and they do not say, and what stands beside them. */
export function completing(planter: Planter): Completing {
  let known: Readonly<Record<string, unknown>> = LITERALS;
  const planted = new Set<string>();
  const self: Completing = {
    planted,
    known: () => known,
    about: (net) => {
      // A service whose pages ask for a source, and a trust without one.
      const tasks = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
      planter.wrong("aws:iam/role:Role", {
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [tasks] }),
      });
      const role = planter.right("aws:iam/role:Role", { assumeRolePolicy: TRUST }).arn;
      known = { ...meanings(net), $role: role };
      const acl = self.right("aws:wafv2/webAcl:WebAcl", {}).arn;
      known = { ...known, $webAcl: acl };
    },
    right(type, args) {
      planted.add(type);
      const said = Object.fromEntries(
        Object.entries(args).map(([key, value]) => [key, typeof value === "string" ? filled(value, known) : value]),
      );
      const table = WHOLE.has(type) ? undefined : cases.find((one) => one.type === type);
      const made = planter.right(type, { ...(table && (filled(table.right, known) as Args)), ...said });
      for (const beside of table?.beside ?? []) {
        const name = beside.by === "arn" ? made.arn : made.id;
        planter.right(beside.type, {
          ...(filled(beside.props, known) as Args),
          [beside.names]: beside.names === "resources" ? [name] : name,
        });
      }
      return made;
    },
    wrong: (type, args) => planter.wrong(type, args),
  };
  return self;
}

/** Plants what the tables have and other plants do not. */
export function tables(planter: Completing): void {
  const known = planter.known();
  let number = 0;
  for (const one of cases) {
    if (!planter.planted.has(one.type) && one.type !== ACCOUNT_BLOCK)
      planter.right(one.type, WHOLE.has(one.type) ? (filled(one.right, known) as Args) : {});
    const alone = one.alone ?? (one.beside ? {} : undefined);
    for (const change of [...together(one), ...(alone ? [alone] : [])]) {
      number++;
      planter.wrong(one.type, renamed(one.type, filled(changed(one.right, change), known) as Args, number));
    }
  }
}

/** The changes of a type, as many at once as touch different properties. */
function together({ wrong }: Case): readonly Change[] {
  const groups: { readonly rules: Set<string>; readonly change: Record<string, unknown> }[] = [];
  for (const [rule, change] of wrong) {
    const free = groups.find(
      (group) =>
        !group.rules.has(rule) &&
        Object.keys(change).every((path) => Object.keys(group.change).every((other) => apart(path, other))),
    );
    if (free) {
      free.rules.add(rule);
      Object.assign(free.change, change);
    } else groups.push({ rules: new Set([rule]), change: { ...change } });
  }
  return groups.map(({ change }) => change);
}

/** Whether two paths can be changed at once: neither holds the other, nor does a change of the top cut the other off. */
function apart(path: string, other: string): boolean {
  const dotted = (text: string): string => `${text.replaceAll("[", ".[")}.`;
  return !dotted(path).startsWith(dotted(other)) && !dotted(other).startsWith(dotted(path));
}

/** The same with names of its own. */
function renamed(type: string, args: Args, number: number): Args {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      if (key === "metadata" && typeof value === "object" && value !== null && "name" in value) {
        return [key, { ...value, name: `${String(value.name)}-${number}` }];
      }
      if (typeof value !== "string") return [key, value];
      if (key === "routeKey" && value.includes("/")) return [key, `${value}-${number}`];
      const refers =
        (key === "stageName" && !type.endsWith(":Stage")) ||
        (key === "clusterName" && !type.endsWith(":Cluster")) ||
        (key === "clusterIdentifier" && !type.endsWith(":Cluster"));
      const isName = NAMES.test(key) && !key.endsWith("KeyId") && !OTHERS.has(key) && !refers;
      return [key, isName ? named(value, number) : value];
    }),
  );
}

/** Properties that look like names and name something else. */
const OTHERS = new Set(["engineName", "metricName", "handlerName", "activeDirectoryId", "kmsKeyId", "keyId", "subnetId", "preferredSubnetId", "vpcId", "parameterGroupName", "imageId", "functionName", "dbSubnetGroupName", "subnetGroupName", "clusterSubnetGroupName", "dbClusterParameterGroupName", "aclName", "serverName", "databaseName", "caCertIdentifier", "secretId", "resourceId", "customerGatewayId", "transitGatewayId", "vpcEndpointServiceId", "snsTopicName", "s3BucketName", "sourceSnapshotId", "sourceAmiId", "fileSystemId", "dbInstanceIdentifier", "dbClusterIdentifier", "hostedZoneId", "apiId", "vpcPeeringConnectionId", "routeTableId", "accountId", "connectionId", "requestValidatorId", "clientCertificateId", "serviceIdentifier", "sourceDbSnapshotIdentifier", "sourceDbClusterSnapshotIdentifier", "replicationGroupId"]); // prettier-ignore

function named(value: string, number: number): string {
  if (value.startsWith("*.")) return `*.w${number}${value.slice(1)}`;
  return value.includes(".") ? `w${number}.${value}` : `${value}-${number}`;
}
