// Where resources are. Components are told; they never ask the cloud, so that a preview needs no credentials.

/** Account and region that the resources of a stack live in. */
export interface Placement {
  /** The partition that `region` lies in: `aws`, `aws-cn`, `aws-us-gov` or `aws-eusc`. */
  readonly partition: string;
  /** `eu-central-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}
