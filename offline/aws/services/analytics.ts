// Athena's workgroups and Glue's databases.
import type { Cards } from "../card";
import { named } from "../identifiers";
import { bucket } from "../references";

export const cards: Cards = {
  "aws:athena/workgroup:Workgroup": {
    source: "athena/workgroup.go",
    id: (resource) => named(resource, "name"),
    autoname: { property: "name", limit: 128 },
    unique: "name",
    computed: { arn: (resource) => resource.arn("athena", `workgroup/${resource.id}`) },
    defaults: { forceDestroy: false, state: "ENABLED" },
    references: {
      "configuration.resultConfiguration.outputLocation": {
        ...bucket,
        id: (value) => /^s3:\/\/([^/]+)/.exec(value)?.[1],
      },
    },
    replaces: "name",
  },
  "aws:glue/catalogDatabase:CatalogDatabase": {
    source: "glue/catalog_database.go",
    id: (resource) => `${resource.accountId}:${named(resource, "name")}`,
    autoname: { property: "name", limit: 255, lower: true },
    unique: "name",
    computed: {
      arn: (resource) => resource.arn("glue", `database/${named(resource, "name")}`),
      catalogId: (resource) => resource.accountId,
    },
    replaces: "catalogId name",
    holds: "the descriptions of tables",
  },
};
