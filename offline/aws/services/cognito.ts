// Cognito: user pools.
import type { Cards } from "../card";
import { plainAll } from "../../providers/core/values";

export const cards: Cards = {
  "aws:cognito/userPool:UserPool": {
    source: "cognitoidp/user_pool.go",
    unique: false,
    replaces: "aliasAttributes usernameAttributes usernameConfiguration.caseSensitive",
    undeletable: (existing) =>
      plainAll(existing.outputs).deletionProtection === "ACTIVE"
        ? "deletionProtection is ACTIVE: set it to INACTIVE and update first, then delete"
        : undefined,
    holds: "accounts of users",
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    source: "cognitoidp/user_pool_client.go",
    unique: false,
    replaces: "generateSecret userPoolId",
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    unique: "domain",
    uniqueWithin: ["domain"],
  },
};
