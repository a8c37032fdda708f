// Staging: production's shape, so that what works here works there, with fewer and partly interruptible tasks.
import type { Environment } from "../model/environment";

export const staging: Environment = {
  name: "staging",
  network: { cidr: "10.1.0.0/16", zoneCount: 3, nat: { count: 1 }, endpointZones: 2 },
  logRetentionDays: 30,
  capacity: { base: 1, onDemandWeight: 1, spotWeight: 1 },
  protectData: true,
  allowLatestImages: false,
  allowSingleReplica: false,
  tasks: { min: 2, max: 6 },
  database: { multiAz: true, readers: 1, scaleToZero: false, minBackupRetention: "7d" },
  cache: { nodeType: "cache.t3.micro", nodes: 2 },
};
