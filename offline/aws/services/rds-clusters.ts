// RDS: clusters, their instances, and groups of subnets and parameters.
import type { Cards } from "../card";
import type { TypeRule } from "../../providers/core/rules";
import { UPPER, named, physicalName } from "../identifiers";
import { asText, given, range, sized, windows } from "../inputs";
import { clusterOf, clusterParameterGroup, group, key, parameterGroup, role, subnet, subnetGroup } from "../references";
import { logs, provider } from "../times";
import { twoZones } from "../vpcs";
import {
  enginePort,
  groupFamily,
  masterSecrets,
  monitoring,
  raisedMinor,
  rdsHost,
  upgrades,
  withoutSnapshot,
} from "./rds";

const groupCard = (arnType: string): TypeRule => ({
  autoname: { property: "name", limit: 255, lower: true },
  computed: { arn: (resource) => resource.arn("rds", `${arnType}:${physicalName(resource)}`) },
  defaults: { description: "Managed by Pulumi" },
});

const DB = "DBSubnetGroupDoesNotCoverEnoughAZs";

export const cards: Cards = {
  "aws:rds/cluster:Cluster": {
    source: "rds/cluster.go",
    suppressed: { engineVersion: raisedMinor },
    id: (resource) => named(resource, "clusterIdentifier"),
    autoname: { property: "clusterIdentifier", limit: 63, lower: true },
    unchangeable: upgrades,
    computed: {
      arn: (resource) => resource.arn("rds", `cluster:${resource.id}`),
      endpoint: (resource) => rdsHost(resource, resource.id, "cluster-"),
      readerEndpoint: (resource) => rdsHost(resource, resource.id, "cluster-ro-"),
      clusterResourceId: (resource) => `cluster-${resource.token(26, UPPER)}`,
      port: enginePort,
      hostedZoneId: "Z1RLNUO7B9Q6NB",
      engineVersionActual: (resource) => resource.text("engineVersion"),
      upgradeRolloutOrder: "second",
      masterUserSecrets: masterSecrets("cluster"),
      availabilityZones: (resource) => ["a", "b", "c"].map((letter) => resource.region + letter),
      preferredBackupWindow: "03:00-03:30",
      preferredMaintenanceWindow: "sun:04:00-sun:04:30",
      storageType: "",
    },
    defaults: {
      backupRetentionPeriod: 1,
      engineMode: "provisioned",
      deletionProtection: false,
      skipFinalSnapshot: false,
    },
    references: {
      dbSubnetGroupName: subnetGroup("rds"),
      dbClusterParameterGroupName: clusterParameterGroup("rds"),
      kmsKeyId: key,
      "vpcSecurityGroupIds[]": group,
    },
    roles: { monitoringRoleArn: "monitoring.rds" },
    replaces: `
      availabilityZones clusterIdentifier clusterIdentifierPrefix clusterScalabilityType databaseName
      dbSubnetGroupName dbSystemId engine engineMode kmsKeyId masterUsername restoreToPointInTime
      s3Import.bucketName s3Import.bucketPrefix s3Import.ingestionRole s3Import.sourceEngine
      s3Import.sourceEngineVersion snapshotIdentifier sourceRegion storageEncrypted
    `,
    replacesWhen: {
      snapshotIdentifier: given("snapshotIdentifier"),
      storageType: (_, { engine }) => !asText(engine).startsWith("aurora"),
    },
    constraints: [
      range("backupRetentionPeriod", 1, 35),
      windows("preferredBackupWindow", "preferredMaintenanceWindow"),
      groupFamily("dbClusterParameterGroupName", "aws:rds/clusterParameterGroup:ClusterParameterGroup"),
    ],
    protectedBy: "deletionProtection",
    undeletable: withoutSnapshot,
    holds: "a database",
    creation: { runs: "42s 43s 53s", source: logs("aws_rds_cluster") },
    deletion: { runs: "1m3s", source: "https://github.com/tungbq/aws-lab-with-terraform/issues/100" },
  },
  "aws:rds/clusterInstance:ClusterInstance": {
    source: "rds/cluster_instance.go",
    id: (resource) => named(resource, "identifier"),
    autoname: { property: "identifier", limit: 63, lower: true },
    computed: {
      arn: (resource) => resource.arn("rds", `db:${resource.id}`),
      dbiResourceId: (resource) => `db-${resource.token(26, UPPER)}`,
      endpoint: (resource) => rdsHost(resource, resource.id),
      engineVersionActual: (resource) => resource.text("engineVersion"),
      port: enginePort,
      storageEncrypted: true,
      writer: true,
      networkType: "IPV4",
      availabilityZone: (resource) => `${resource.region}a`,
    },
    defaults: { autoMinorVersionUpgrade: true, monitoringInterval: 0, promotionTier: 0, publiclyAccessible: false },
    references: {
      clusterIdentifier: clusterOf("rds"),
      dbParameterGroupName: parameterGroup("rds"),
      dbSubnetGroupName: subnetGroup("rds"),
      monitoringRoleArn: role,
    },
    roles: { monitoringRoleArn: "monitoring.rds" },
    replaces: `
      availabilityZone clusterIdentifier customIamInstanceProfile dbSubnetGroupName engine identifier
      identifierPrefix
    `,
    constraints: [sized("instanceClass", "rds", "db.serverless"), monitoring],
    creation: {
      runs: "5m38s 6m13s 6m21s 6m31s 6m33s",
      source: `${logs("aws_rds_cluster_instance")}, and ${provider}/pull/19096`,
    },
    deletion: {
      runs: "11m47s 12m0s",
      source: "https://github.com/tungbq/aws-lab-with-terraform/issues/100, https://github.com/go-to-k/cdkd/pull/394",
    },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    source: "rds/subnet_group.go",
    ...groupCard("subgrp"),
    computed: {
      arn: (resource) => resource.arn("rds", `subgrp:${physicalName(resource)}`),
      supportedNetworkTypes: ["IPV4"],
      vpcId: (resource) => `vpc-0${resource.hex(16, "vpc")}`,
    },
    references: { "subnetIds[]": subnet },
    replaces: "name namePrefix",
    constraints: [twoZones("subnetIds", "a DB subnet group", DB)],
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    source: "rds/parameter_group.go",
    ...groupCard("pg"),
    replaces: "description family name namePrefix",
  },
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": {
    source: "rds/cluster_parameter_group.go",
    ...groupCard("cluster-pg"),
    replaces: "description family name namePrefix",
  },
};
