// A system of one service, `booking`, and what configuration of dev makes of it: its plan, or its problems.
import { InvalidInput } from "../../../components/kit/problems";
import { awsPlanOf as planFrom } from "./aws";
import { environments } from "../../../infra/environments";
import type { Service, System } from "../../../infra/model/system";
import type { AwsPlan } from "../../../infra/targets/aws/plan";
import { flat } from "./run";

/** The system, with something of its service changed. */
export function systemOf(booking: Partial<Service>): System {
  return {
    name: "parcels",
    tracing: {},
    topics: {},
    contexts: { Booking: { description: "What is to be sent", entities: ["Parcel"] } },
    services: {
      booking: {
        context: "Booking",
        description: "Takes parcels in",
        exposes: { paths: ["/api/parcels"], authentication: "by-service" },
        scaling: { min: 2, max: 4, cpu: 70 },
        ...booking,
      },
    },
  };
}

/** The plan in dev, with some keys of the configuration changed. */
export function planOf(parcels: System, settings: Readonly<Record<string, unknown>> = {}): AwsPlan {
  const values = flat({
    "archipelago:system": "parcels",
    "archipelago:environment": "dev",
    "archipelago:region": "eu-central-1",
    "archipelago:zones": ["eu-central-1a", "eu-central-1b"],
    "archipelago:account": "111122223333",
    "archipelago:images": { booking: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/booking:1" },
    ...settings,
  });
  return planFrom({ values, stack: "dev", offline: true }, { systems: { parcels }, environments });
}

/** Path and value of each problem; none when there is a plan. */
export function problemsOf(parcels: System, settings: Readonly<Record<string, unknown>> = {}): unknown[][] {
  try {
    planOf(parcels, settings);
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ path, value }) => [path, value]);
    throw error;
  }
  return [];
}
