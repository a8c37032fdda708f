// EventBridge Schemas.
import type { Cards } from "../card";
import { physicalName } from "../identifiers";

export const cards: Cards = {
  "aws:schemas/registry:Registry": {
    autoname: { property: "name", limit: 64 },
    replaces: "name",
    computed: { arn: (resource) => resource.arn("schemas", `registry/${physicalName(resource)}`) },
  },
  "aws:schemas/registryPolicy:RegistryPolicy": {
    policies: { policy: "resource" },
  },
  "aws:schemas/schema:Schema": {
    id: (resource) => `${physicalName(resource)}/${resource.text("registryName")}`,
    autoname: { property: "name", limit: 385 },
    replaces: "name registryName",
    uniqueWithin: ["registryName"],
    computed: {
      arn: (resource) => resource.arn("schemas", `schema/${resource.text("registryName")}/${physicalName(resource)}`),
      lastModified: (resource) => resource.now,
      versionCreatedDate: (resource) => resource.now,
      version: "1",
    },
    advances: ["lastModified", "version", "versionCreatedDate"],
    references: { registryName: { type: "aws:schemas/registry:Registry", keeps: true } },
  },
};
