// What a package's resources look like, read from the SDK that is installed: its declarations are what the program was
// compiled against, so an emulation that follows them can't drift from the version in use.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { contentsOf } from "./contents";
import type { ResourceSchema } from "./declarations";
import { type Counts, type Index, indexAt } from "./index-file";
import type { Properties } from "./shape";
import { PROVIDER_LIMITS } from "./provider-limits";

export type { ResourceSchema } from "./declarations";

const resolver = createRequire(join(__dirname, "sdk.js"));
const NONE: Properties = new Map();

/** One installed Pulumi SDK, such as `@pulumi/aws`. */
export class Sdk {
  readonly version: string;
  private readonly folder: string;
  private readonly resources = new Map<string, ResourceSchema | undefined>();
  private readonly members = new Map<string, Properties>();
  private loaded: Index | undefined;

  /** @param cache where its index is kept. @default `.cache/archipelago` beside the SDKs */
  constructor(
    readonly name: string,
    private readonly cache?: string,
  ) {
    this.folder = dirname(resolver.resolve(`@pulumi/${name}/package.json`));
    const manifest = JSON.parse(readFileSync(join(this.folder, "package.json"), "utf8")) as { version: string };
    this.version = manifest.version;
  }

  /** The declaration of a type (`aws:sqs/queue:Queue`), or undefined when the SDK has none. */
  resource(token: string): ResourceSchema | undefined {
    if (!this.resources.has(token)) this.resources.set(token, this.index.resource(token));
    return this.resources.get(token);
  }

  /** The properties of an object type that inputs may have (`ec2.InstanceEbsBlockDevice`). */
  inputObject(name: string): Properties {
    const known = this.members.get(name);
    if (known) return known;
    // Component SDKs name the two forms of a type apart (`SubnetSpecArgs`); others share one.
    const declared = this.index.object(name) ?? this.index.object(`${name}Args`) ?? NONE;
    this.members.set(name, declared);
    return declared;
  }

  /** Every resource type. */
  tokens(): readonly string[] {
    return this.index.tokens();
  }

  counts(): Counts {
    return this.index.counts;
  }

  private get index(): Index {
    this.loaded ??= indexAt(this.indexFile(), () => contentsOf(this.name, this.folder));
    return this.loaded;
  }

  /** Named by all that the index is made from: the SDK's version, and this folder's code and data. */
  private indexFile(): string {
    const folder = this.cache ?? join(this.folder, "..", "..", ".cache", "archipelago");
    return join(folder, `${this.name}-${this.version}-${fingerprint()}.index`);
  }
}

let known: string | undefined;

/** A digest of the code that makes an index and of the data that goes into it. */
function fingerprint(): string {
  if (known !== undefined) return known;
  const digest = createHash("sha256");
  for (const [folder, kind] of [
    [__dirname, /\.(?:ts|js|json)$/],
    [PROVIDER_LIMITS, /\.json$/],
  ] as const) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    for (const file of files.filter((name) => kind.test(name)))
      digest.update(file).update(readFileSync(join(folder, file)));
  }
  known = digest.digest("hex").slice(0, 12);
  return known;
}
