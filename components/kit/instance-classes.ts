// Instance classes of RDS for PostgreSQL and node types of ElastiCache, by family. Pure: components and the model check by the
// same table. A family of a later generation than those below is taken as it is; others that AWS adds are added here.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html

const BURST = "micro small medium large xlarge 2xlarge";
const TO_16 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge";
const TO_24 = `${TO_16} 24xlarge`;
const TO_32 = `${TO_24} 32xlarge`;
const TO_48 = `${TO_24} 48xlarge`;
const MEMORY = "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge";

const DATABASE: Readonly<Record<string, string>> = {
  ...{ t3: BURST, t4g: BURST },
  ...{ m5: TO_24, m5d: TO_24, m6g: TO_16, m6gd: TO_16, m6i: TO_32, m6id: TO_32, m6idn: TO_32, m6in: TO_32 },
  ...{ m7g: TO_16, m7i: TO_48, m8g: TO_48, m8gd: TO_48 },
  ...{ r5: TO_24, r5b: TO_24, r5d: TO_24, r6g: TO_16, r6gd: TO_16, r6i: TO_32, r6id: TO_32, r6idn: TO_32, r6in: TO_32 },
  ...{ r7g: TO_16, r7i: TO_48, r8g: TO_48, r8gd: TO_48 },
  ...{
    x2g: TO_16,
    x2idn: "16xlarge 24xlarge 32xlarge",
    x2iedn: MEMORY,
    z1d: "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge",
  },
};
const CACHE: Readonly<Record<string, string>> = {
  ...{ t2: "micro small medium", t3: "micro small medium", t4g: "micro small medium" },
  ...{ m4: "large xlarge 2xlarge 4xlarge 10xlarge", m5: TO_24, m6g: TO_16, m7g: TO_16 },
  ...{ r4: TO_16, r5: TO_24, r6g: TO_16, r6gd: TO_16, r7g: TO_16, c7gn: TO_16 },
};
const NEWEST = 8;

/** Whether RDS has a class (`db.t3.micro`). */
export function isDatabaseClass(text: string): boolean {
  return isOffered(text, "db", DATABASE);
}

/** Whether ElastiCache has a node type (`cache.t3.micro`). */
export function isCacheNodeType(text: string): boolean {
  return isOffered(text, "cache", CACHE);
}

/** What RDS offers, in words. */
export const DATABASE_CLASSES = "a class that RDS has for PostgreSQL, such as db.t3.micro or db.m7g.large";
/** What ElastiCache offers, in words. */
export const CACHE_NODE_TYPES = "a node type that ElastiCache has, such as cache.t3.micro or cache.m7g.large";

function isOffered(text: string, prefix: string, families: Readonly<Record<string, string>>): boolean {
  const [first, family = "", size = "", ...more] = text.split(".");
  if (first !== prefix || more.length > 0) return false;
  const sizes = Object.hasOwn(families, family) ? families[family] : undefined;
  if (sizes !== undefined) return sizes.split(" ").includes(size);
  const generation = Number(/^[a-z]+(\d+)[a-z]*$/.exec(family)?.[1] ?? 0);
  return generation > NEWEST && /^(?:micro|small|medium|(?:\d+x)?large|metal)$|^xlarge$/.test(size);
}
