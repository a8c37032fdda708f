// The emulated functions of the provider: caller identity, region, ECS services, and look-ups.
import type { Account, Setting } from "../providers/core/rules";
import { text, type Values } from "../providers/core/values";
import { describeService } from "./deployments";
import { lookUps } from "./lookups";
import { dnsSuffix } from "./identifiers";

type Answer = (args: Values, setting: Setting, account: Account) => Values;

const answers: Readonly<Record<string, Answer>> = {
  ...lookUps,
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { accountId, partition }) => ({
    accountId,
    arn: `arn:${partition}:iam::${accountId}:user/offline`,
    id: accountId,
    userId: "AIDAOFFLINEOFFLINE000",
  }),
  "aws:index/getRegion:getRegion": (args, setting) => {
    const region = text(args.region) ?? text(args.name) ?? setting.region;
    return {
      region,
      name: region,
      id: region,
      endpoint: `ec2.${region}.${dnsSuffix(setting.partition)}`,
      description: region,
    };
  },
  "aws:index/getPartition:getPartition": (_, { partition }) => ({
    partition,
    id: partition,
    dnsSuffix: dnsSuffix(partition),
    reverseDnsPrefix: dnsSuffix(partition).split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, setting) => {
    const region = text(args.region) ?? setting.region;
    const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
    return {
      id: region,
      region,
      names,
      zoneIds: names.map((name, at) => `${name.slice(0, -1)}-az${at + 1}`),
      groupNames: [region],
    };
  },
  "aws:ecs/getService:getService": (args, _, account) => describeService(args, (type) => account.existing(type)),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (args, { accountId, region, partition }) => {
    const proxyEndpoint = `https://${text(args.registryId) ?? accountId}.dkr.ecr.${region}.${dnsSuffix(partition)}`;
    const password = "offline";
    const authorizationToken = Buffer.from(`AWS:${password}`).toString("base64");
    return {
      id: region,
      region,
      authorizationToken,
      expiresAt: "2099-01-01T00:00:00Z",
      password,
      proxyEndpoint,
      userName: "AWS",
    };
  },
};

/** Answers a function. Throws for one that is not emulated, naming those that are. */
export function invoke(token: string, args: Values, setting: Setting, account: Account): Values {
  const answer = answers[token];
  if (!answer) {
    const known = Object.keys(answers)
      .map((name) => name.split(":")[2])
      .join(", ");
    throw new Error(
      `offline: ${token} is not emulated (${known} are); pass the value as an argument instead of looking it up`,
    );
  }
  return { ...args, ...answer(args, setting, account) };
}
