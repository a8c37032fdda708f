// DocumentDB.
import type { Cards } from "../card";
import type { NewResource } from "../../providers/core/rules";
import { isObject } from "../../providers/core/values";
import { UPPER, dnsSuffix, named, physicalName } from "../identifiers";
import { given } from "../inputs";
import { clusterOf, clusterParameterGroup, group, key, subnet, subnetGroup } from "../references";
import { twoZones } from "../vpcs";
import { accountPart, masterSecrets, withoutSnapshot } from "./rds";

const DB = "DBSubnetGroupDoesNotCoverEnoughAZs";

/** `<identifier>.cluster-<account's part>.<region>.docdb.amazonaws.com` (https://docs.aws.amazon.com/documentdb/latest/developerguide/endpoints.html) */
const documentHost = (resource: NewResource, infix: string): string =>
  `${resource.id}.${infix}${accountPart(resource)}.${resource.region}.docdb.${dnsSuffix(resource.partition)}`;

export const cards: Cards = {
  "aws:docdb/cluster:Cluster": {
    source: "docdb/cluster.go",
    unique: "clusterIdentifier",
    id: (resource) => named(resource, "clusterIdentifier"),
    autoname: { property: "clusterIdentifier", limit: 63, lower: true },
    computed: {
      // DocumentDB's ARNs are those of RDS (https://docs.aws.amazon.com/documentdb/latest/developerguide/documentdb-arns.html).
      arn: (resource) => resource.arn("rds", `cluster:${resource.id}`),
      endpoint: (resource) => documentHost(resource, "cluster-"),
      readerEndpoint: (resource) => documentHost(resource, "cluster-ro-"),
      clusterResourceId: (resource) => `cluster-${resource.token(26, UPPER)}`,
      masterUserSecrets: masterSecrets("cluster"),
      networkType: "IPV4",
      storageType: "",
    },
    references: {
      kmsKeyId: key,
      "vpcSecurityGroupIds[]": group,
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
    id: (resource) => named(resource, "identifier"),
    autoname: { property: "identifier", limit: 63, lower: true },
    computed: {
      arn: (resource) => resource.arn("rds", `db:${resource.id}`),
      endpoint: (resource) => documentHost(resource, ""),
      dbiResourceId: (resource) => `db-${resource.token(26, UPPER)}`,
      port: 27_017,
      storageEncrypted: true,
      writer: true,
    },
    references: { clusterIdentifier: clusterOf("docdb") },
    creation: { assumed: "6m0s" },
    deletion: { assumed: "5m0s" },
  },
  "aws:docdb/clusterParameterGroup:ClusterParameterGroup": {
    source: "docdb/cluster_parameter_group.go",
    autoname: { property: "name", limit: 255, lower: true },
    computed: { arn: (resource) => resource.arn("rds", `cluster-pg:${physicalName(resource)}`) },
    defaults: { description: "Managed by Pulumi" },
    replaces: "description family name namePrefix",
  },
  "aws:docdb/subnetGroup:SubnetGroup": {
    source: "docdb/subnet_group.go",
    autoname: { property: "name", limit: 255, lower: true },
    computed: { arn: (resource) => resource.arn("rds", `subgrp:${physicalName(resource)}`) },
    defaults: { description: "Managed by Pulumi" },
    references: { "subnetIds[]": subnet },
    replaces: "name namePrefix",
    constraints: [twoZones("subnetIds", "a DB subnet group", DB)],
  },
};
