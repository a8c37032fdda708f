// A task needs a way to its image, its logs and its secrets before the container starts. Without one ECS retries for ever, and the
// only message is in the service's events (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html).
import type { Problem, Reach } from "../../kit";
import type { TaskArgs } from "./context";
import { registryRegion } from "./image";

const HTTPS = 443;

/** Problems of a service whose grants open no connection to the AWS services that Fargate needs to start a task. Pure. */
export function validateEgress(args: TaskArgs): Problem[] {
  const { grants = {}, image, collector, placement, egressManagedElsewhere = false } = args;
  if (egressManagedElsewhere) return [];
  const reaches = Object.values(grants).flatMap((grant) => grant.reaches ?? []);
  const https = reaches.filter(({ port }) => port === HTTPS);
  // A prefix list is a gateway endpoint's, which only S3 and DynamoDB have.
  if (!https.some((reach) => !("prefixListId" in reach))) {
    return [
      {
        path: "grants",
        value: Object.keys(grants),
        allowed:
          "a connection on port 443 to the endpoints of ECR, CloudWatch Logs and Secrets Manager, or to the internet",
        remedy:
          "add the network's grant (grants: { endpoints: network.grantEndpoints() }, or network.grantInternet()); " +
          "set egressManagedElsewhere if rules of your own let the tasks out",
      },
    ];
  }
  if (https.some(toInternet)) return [];
  const images = [["image", image] as const, ["collector.image", collector?.image] as const];
  return images.flatMap(([path, value]) => {
    if (typeof value !== "string" || registryRegion(value) === placement.region) return [];
    return [farImage(path, value, placement.region)];
  });
}

function farImage(path: string, value: string, region: string): Problem {
  return {
    path,
    value,
    allowed: `an ECR repository in ${region}: no grant gives a way to the internet`,
    remedy:
      "copy the image to an ECR repository in this region, or add network.grantInternet() to grants; " +
      "set egressManagedElsewhere if rules of your own let the tasks out",
  };
}

function toInternet(reach: Reach): boolean {
  return "cidr" in reach;
}
