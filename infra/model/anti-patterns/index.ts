// All anti-patterns, each in a file of its own.
import type { System } from "../system";
import type { AntiPatternId } from "./catalogue";
import { chattyPair } from "./chatty-pair";
import { contextReachesIntoStore } from "./context-reaches-into-store";
import { distributedMonolith } from "./distributed-monolith";
import { entityWithTwoOwners } from "./entity-with-two-owners";
import { eventWithoutConsumer } from "./event-without-consumer";
import { eventWithoutContract } from "./event-without-contract";
import { eventWithoutPublisher } from "./event-without-publisher";
import type { Day } from "./exceptions";
import { godService } from "./god-service";
import type { Deployed } from "./graph";
import { incompatibleContractVersion } from "./incompatible-contract-version";
import { judgeBy, type Judgement } from "./judge";
import { longSynchronousChain } from "./long-synchronous-chain";
import { missingField } from "./missing-field";
import { missingTracing } from "./missing-tracing";
import { nanoservice } from "./nanoservice";
import { promiseBeyondCallees } from "./promise-beyond-callees";
import { publicRouteWithoutAuthentication } from "./public-route-without-authentication";
import { queueWithoutDeadLetter } from "./queue-without-dead-letter";
import type { Rule } from "./rule";
import { sagaStepWithoutCompensation } from "./saga-step-without-compensation";
import { sharedStore } from "./shared-store";
import { singleReplica } from "./single-replica";
import { synchronousCycle } from "./synchronous-cycle";
import { unprotectedCall } from "./unprotected-call";
import { unsafeRetry } from "./unsafe-retry";
import { visibilityBelowHandlingTime } from "./visibility-below-handling-time";

export type { Day } from "./exceptions";
export { type Deployed, deployedIn } from "./graph";
export type { Accepted, Judgement } from "./judge";
export type { Rule } from "./rule";

const BY_ID: Readonly<Record<AntiPatternId, Rule>> = {
  "chatty-pair": chattyPair,
  "context-reaches-into-store": contextReachesIntoStore,
  "distributed-monolith": distributedMonolith,
  "entity-with-two-owners": entityWithTwoOwners,
  "event-without-consumer": eventWithoutConsumer,
  "event-without-contract": eventWithoutContract,
  "event-without-publisher": eventWithoutPublisher,
  "god-service": godService,
  "incompatible-contract-version": incompatibleContractVersion,
  "long-synchronous-chain": longSynchronousChain,
  "missing-field": missingField,
  "missing-tracing": missingTracing,
  nanoservice,
  "promise-beyond-callees": promiseBeyondCallees,
  "public-route-without-authentication": publicRouteWithoutAuthentication,
  "queue-without-dead-letter": queueWithoutDeadLetter,
  "saga-step-without-compensation": sagaStepWithoutCompensation,
  "shared-store": sharedStore,
  "single-replica": singleReplica,
  "synchronous-cycle": synchronousCycle,
  "unprotected-call": unprotectedCall,
  "unsafe-retry": unsafeRetry,
  "visibility-below-handling-time": visibilityBelowHandlingTime,
};

/** Every rule, by name. */
export const rules: readonly Rule[] = Object.values(BY_ID);

/**
 * What is wrong with a system although every part of it could be built.
 *
 * @param today the day on which exceptions are judged; the model has no clock
 * @param deployed where it is to run; without it, what depends on that is not looked for
 */
export function judge(system: System, today: Day, deployed?: Deployed): Judgement {
  return judgeBy(rules, system, today, deployed);
}
