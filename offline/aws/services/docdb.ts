// DocumentDB.
import type { Cards } from "../card";
import { isObject } from "../../providers/core/values";
import { given } from "../inputs";
import { clusterOf, clusterParameterGroup, subnetGroup } from "../references";
import { twoZones } from "../vpcs";
import { withoutSnapshot } from "./rds";

const DB = "DBSubnetGroupDoesNotCoverEnoughAZs";

export const cards: Cards = {
  "aws:docdb/cluster:Cluster": {
    source: "docdb/cluster.go",
    unique: "clusterIdentifier",
    references: {
      dbSubnetGroupName: subnetGroup("docdb"),
      dbClusterParameterGroupName: clusterParameterGroup("docdb"),
    },
    replaces: `
      availabilityZones clusterIdentifier clusterIdentifierPrefix dbSubnetGroupName engine kmsKeyId
      masterUsername port restoreToPointInTime snapshotIdentifier storageEncrypted
    `,
    replacesWhen: {
      serverlessV2ScalingConfiguration: ({ serverlessV2ScalingConfiguration: old }, news) =>
        isObject(old) && !isObject(news.serverlessV2ScalingConfiguration),
      snapshotIdentifier: given("snapshotIdentifier"),
    },
    protectedBy: "deletionProtection",
    undeletable: withoutSnapshot,
    holds: "a database",
    creation: { assumed: "45s" },
  },
  "aws:docdb/clusterInstance:ClusterInstance": {
    unique: "identifier",
    references: { clusterIdentifier: clusterOf("docdb") },
    creation: { assumed: "6m0s" },
    deletion: { assumed: "5m0s" },
  },
  "aws:docdb/subnetGroup:SubnetGroup": {
    constraints: [twoZones("subnetIds", "a DB subnet group", DB)],
  },
};
