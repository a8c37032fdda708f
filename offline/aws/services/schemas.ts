// EventBridge Schemas.
import type { Cards } from "../card";
import { physicalName } from "../identifiers";

export const cards: Cards = {
  "aws:schemas/registry:Registry": {
    autoname: { property: "name", limit: 64 },
    replaces: "name",
    computed: { arn: (birth) => birth.arn("schemas", `registry/${physicalName(birth)}`) },
  },
  "aws:schemas/registryPolicy:RegistryPolicy": {
    policies: { policy: "resource" },
  },
  "aws:schemas/schema:Schema": {
    id: (birth) => `${physicalName(birth)}/${birth.text("registryName")}`,
    autoname: { property: "name", limit: 385 },
    replaces: "name registryName",
    uniqueWithin: ["registryName"],
    computed: {
      arn: (birth) => birth.arn("schemas", `schema/${birth.text("registryName")}/${physicalName(birth)}`),
      lastModified: (birth) => birth.now,
      versionCreatedDate: (birth) => birth.now,
      version: "1",
    },
    advances: ["lastModified", "version", "versionCreatedDate"],
    references: { registryName: { type: "aws:schemas/registry:Registry", keeps: true } },
  },
};
