// How many resources the engine creates or deletes at once. Its own default is four for each core of the machine, although
// creations wait for the cloud and need none: on two cores eight endpoints and gateways would hold up a database that is ready
// to be made, and production would take a quarter longer than it must (docs/decisions/0007-benchmarks.md).

/** As many as that a stack comes up within some seconds of the longest chain, and few enough for AWS's request limits. */
export const AT_ONCE = 32;

/** The option of `up` and `destroy` for it. */
export const atOnce = ["--parallel", String(AT_ONCE)] as const;
