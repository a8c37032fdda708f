// Production: three zones, nothing alone, nothing that a mistake can delete.
import type { Environment } from "../model/environment";

export const prod: Environment = {
  name: "prod",
  network: { cidr: "10.0.0.0/16", zoneCount: 3, nat: { count: 2 }, endpointZones: 3 },
  logRetentionDays: 90,
  capacity: { base: 2, onDemandWeight: 1, spotWeight: 0 },
  protectData: true,
  allowLatestImages: false,
  allowSingleReplica: false,
  database: { multiAz: true, readers: 1, scaleToZero: false, minBackupRetention: "14d" },
  cache: { nodeType: "cache.t3.micro", nodes: 2 },
};
