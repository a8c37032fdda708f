// Tracking of advertisements: one service answers requests, streams carry what it saw to two functions. This file is what a team edits.
import { defineSystem } from "../model/define-system";

export const adTracking = defineSystem({
  name: "ad-tracking",
  // The programs are kept here and nowhere else, so one node is too few in every environment.
  cache: { engineVersion: "7.0", nodes: 2 },
  tracing: { sampling: 0.1 },
  contexts: {
    Tracking: {
      description: "Which advertisements were seen, and for which customer",
      entities: ["Program", "TrackedEvent"],
      valueObjects: ["Checksum", "UserAgent"],
    },
  },
  topics: {},
  streams: {
    "tracking-events": { description: "One record for each request to /event, by program" },
    "program-changes": { description: "Programs that are new or have changed, by program", maxAge: "5m" },
  },
  services: {
    tracking: {
      context: "Tracking",
      description: "Answers requests for an advertisement with its program and customer",
      cpu: 512,
      memory: "1 GiB",
      exposes: {
        paths: ["/event/*", "/cache/fill"],
        authentication: "by-service",
        healthCheck: { path: "/q/health/live" },
      },
      owns: {
        tables: {
          events: {
            partitionKey: "programId",
            sortKey: "messageId",
            indexes: { "by-customer": { partitionKey: { name: "customerId", type: "number" }, sortKey: "messageId" } },
            // The service writes to the stream; the function stores what arrives.
            access: "none",
          },
        },
      },
      usesCache: true,
      writesTo: ["tracking-events", "program-changes"],
      functions: {
        "store-events": {
          description: "Stores each event once",
          code: { entry: "infra/functions/ad-tracking/store-events.ts" },
          on: { streams: { "tracking-events": { window: "1s", parallel: 2 } } },
          uses: { tables: { events: "appends" } },
        },
        "update-programs": {
          description: "Brings the programs in the cache up to date and tells the tasks",
          code: { entry: "infra/functions/ad-tracking/update-programs.ts" },
          on: { streams: { "program-changes": {} } },
          maxIteratorAge: "5m",
          uses: { cache: true },
        },
      },
      jobs: {
        "fill-cache": {
          description: "Writes every program to the stream once more, so that a cache that was emptied is full again",
          schedule: "cron(0 3 * * ? *)",
          timezone: "Europe/Berlin",
          command: ["java", "-cp", "/app/tracking.jar", "tracking.FillCache"],
          cpu: 512,
          memory: "1 GiB",
          uses: { writesTo: ["program-changes"] },
        },
      },
      scaling: { min: 2, max: 20, requestsPerTarget: 3000, cpu: 60 },
      serviceLevel: { availability: 99.9, latency: { percentile: 99, within: "200ms" } },
    },
  },
});
