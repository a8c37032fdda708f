// Development: everything is there and nothing costs more than it must; a lost zone or a deleted store is acceptable.
import type { Environment } from "../model/environment";

export const dev: Environment = {
  name: "dev",
  network: { cidr: "10.2.0.0/16", zoneCount: 2, nat: "single", endpointZones: 1 },
  logRetentionDays: 14,
  capacity: { base: 0, onDemandWeight: 0, spotWeight: 1 },
  protectData: false,
  allowLatestImages: true,
  allowSingleReplica: true,
  tasks: { min: 1, max: 2 },
  // Two zones hold the databases' subnet groups; a day of backups is the least that RDS keeps and still can restore from.
  database: { multiAz: false, readers: 0, scaleToZero: true, minBackupRetention: "1d" },
  cache: { nodeType: "cache.t3.micro", nodes: 1 },
  services: { ecommerce: { order: { instanceClass: "db.t3.micro" }, payment: { instanceClass: "db.t3.micro" } } },
};
