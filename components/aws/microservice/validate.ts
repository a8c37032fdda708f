// Everything about a microservice that AWS would refuse, or that would fail only once tasks start; all of it at once.
import {
  COLLECTOR_MEMORY,
  PROXY_MEMORY,
  allowedPlainProblems,
  isSecretArn,
  plainSecretProblems,
  SECRET_ARN,
  secretCountProblems,
  secretPlaceProblems,
  durationWithin,
  lowerCaseProblems,
  nameTooLong,
  type Problem,
  REQUEST_TIMEOUT_LIMITS,
  retentionProblems,
  runtimeProblems,
  unless,
  wholeNumber,
  fargateProblems,
  memoryMebibytes,
} from "../../kit";
import { rightsProblems } from "../kit";
import type { TaskArgs } from "./context";
import { resolveEnvironment, secretVariables } from "./environment";
import { collectorProblems } from "./collector";
import { validateEgress } from "./validate-egress";
import { validateImage } from "./image";
import { validateRouting } from "./validate-routing";
import { validateScaling } from "./validate-scaling";

/** Every problem of the arguments; none when they can be built. */
export function validateMicroservice(name: string, args: TaskArgs): Problem[] {
  const { port = 8080, cpu = 256, memory = "512 MiB" } = args;
  return [
    ...validateName(name),
    ...validateSource(args),
    ...(port === "none" ? validateWorker(args) : wholeNumber("port", port, 1, 65_535)),
    ...fargateProblems("", cpu, memory),
    ...resolveEnvironment(name, port === "none" ? undefined : port, args).problems,
    ...validateGrants(args),
    ...validateSecrets(args),
    ...rightsProblems(args.grants),
    ...validateEgress(args),
    ...(args.routing ? validateRouting(args.routing) : []),
    ...validateScaling(args.scaling, args.routing),
    ...validateRuntime(args),
    ...(args.collector ? collectorProblems(args.collector) : []),
  ];
}

function validateName(name: string): Problem[] {
  // A long name of the target group is shortened, because it has at most 32 characters.
  const tooLong = nameTooLong(name, "execution", 64);
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename it: callers reach the service by this name"),
  ];
}

function validateSource({ image, build }: TaskArgs): Problem[] {
  if ((image === undefined) === (build === undefined)) {
    return [
      {
        path: "image",
        value: image === undefined ? undefined : "both image and build",
        allowed: "exactly one of image and build",
        remedy: image === undefined ? "set one of them" : "remove one of them",
      },
    ];
  }
  return typeof image === "string" ? validateImage(image) : [];
}

function validateWorker({ routing }: TaskArgs): Problem[] {
  return unless(routing === undefined, {
    path: "routing",
    value: "set",
    allowed: "no routing for a service without a port",
    remedy: 'remove routing, or set port to something other than "none"',
  });
}

/** No secret in a plain variable or a build argument; a secret's ARN is whole, and of the place where the tasks run. */
function validateSecrets({ environment = {}, allowPlainVariables, build, placement, ...links }: TaskArgs): Problem[] {
  const plain = {
    path: "environment",
    remedy: "name it in secrets, from Secrets Manager; if it is no secret, say why in allowPlainVariables",
  };
  const argument = {
    path: "build.args",
    remedy:
      "remove it: build arguments stay in the image; fetch what is secret before the build, or when the task starts",
  };
  const secrets = secretVariables(links);
  return [
    ...secretCountProblems("secrets", new Set(secrets.map(({ link }) => link.arn)).size),
    ...plainSecretProblems(plain, environment, allowPlainVariables),
    ...allowedPlainProblems("allowPlainVariables", environment, allowPlainVariables),
    ...plainSecretProblems(argument, build?.args ?? {}),
    ...secrets.flatMap(({ origin, variable, link: { arn, kmsKeyArn } }) => {
      if (typeof arn !== "string") return [];
      const path = `${origin}.${variable}`;
      const key = typeof kmsKeyArn === "string" ? { kmsKeyArn } : {};
      return [
        ...unless(isSecretArn(arn), {
          path: `${path}.arn`,
          value: arn,
          allowed: SECRET_ARN,
          remedy: "look it up: aws secretsmanager describe-secret",
        }),
        ...(kmsKeyArn === undefined || typeof kmsKeyArn === "string"
          ? secretPlaceProblems(path, { arn, ...key }, placement)
          : []),
      ];
    }),
  ];
}

function validateGrants({ grants = {} }: TaskArgs): Problem[] {
  return Object.entries(grants).flatMap(([grant, { reaches = [] }]) =>
    reaches.flatMap(({ port }, index) => wholeNumber(`grants.${grant}.reaches[${index}].port`, port, 1, 65_535)),
  );
}

function validateRuntime(args: TaskArgs): Problem[] {
  const { healthPath = "/health", memory = "512 MiB" } = args;
  return [
    ...unless(healthPath.startsWith("/"), {
      path: "healthPath",
      value: healthPath,
      allowed: "a path that begins with /",
      remedy: "correct it",
    }),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    // Service Connect closes a connection that was idle for five minutes, whatever the request's own limit is.
    ...(args.requestTimeout === "none"
      ? []
      : durationWithin("requestTimeout", args.requestTimeout, ...REQUEST_TIMEOUT_LIMITS)),
    ...runtimeProblems(
      "",
      args,
      memoryMebibytes(memory),
      args.collector ? PROXY_MEMORY + COLLECTOR_MEMORY : PROXY_MEMORY,
    ),
  ];
}
