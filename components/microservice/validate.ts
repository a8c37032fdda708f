// Everything about a microservice that AWS would refuse, or that would fail only once tasks start; all of it at once.
import {
  durationWithin,
  lowerCaseProblems,
  mebibytes,
  nameTooLong,
  type Problem,
  retentionProblems,
  unless,
  wholeNumber,
} from "../base";
import type { MicroserviceArgs } from "./args";
import { resolveEnvironment } from "./environment";
import { validateImage } from "./image";
import { memoryMebibytes, validateSize } from "./sizes";
import { validateRouting } from "./validate-routing";
import { validateScaling } from "./validate-scaling";

/** Every problem of the arguments; none when they can be built. */
export function validateMicroservice(name: string, args: MicroserviceArgs): Problem[] {
  const { port = 8080, cpu = 256, memory = "512 MiB" } = args;
  return [
    ...validateName(name),
    ...validateSource(args),
    ...(port === "none" ? validateWorker(args) : wholeNumber("port", port, 1, 65_535)),
    ...validateSize(cpu, memory),
    ...resolveEnvironment(name, port === "none" ? undefined : port, args).problems,
    ...validateGrants(args),
    ...(args.routing ? validateRouting(args.routing) : []),
    ...validateScaling(args.scaling, args.routing),
    ...validateRuntime(args),
  ];
}

function validateName(name: string): Problem[] {
  // Of the target group, which may have 32 characters only, a long name is shortened.
  const tooLong = nameTooLong(name, "execution", 64);
  return [
    ...(tooLong ? [tooLong] : []),
    ...lowerCaseProblems("name", name, "rename it: callers reach the service by this name"),
  ];
}

function validateSource({ image, build }: MicroserviceArgs): Problem[] {
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

function validateWorker({ routing }: MicroserviceArgs): Problem[] {
  return unless(routing === undefined, {
    path: "routing",
    value: "set",
    allowed: "no routing for a service without a port",
    remedy: 'remove routing, or set port to something other than "none"',
  });
}

function validateGrants({ grants = {} }: MicroserviceArgs): Problem[] {
  return Object.entries(grants).flatMap(([grant, { connections = [] }]) =>
    connections.flatMap(({ port }, index) =>
      wholeNumber(`grants.${grant}.connections[${index}].port`, port, 1, 65_535),
    ),
  );
}

function validateRuntime(args: MicroserviceArgs): Problem[] {
  const { user = "10001", healthPath = "/health", containerHealthCheck: check } = args;
  return [
    ...unless(args.allowRootUser === true || !/^(?:0+|root)(?::|$)/.test(user), {
      path: "user",
      value: user,
      allowed: "a user that is not root",
      remedy: "choose another user, or set allowRootUser and say so to your auditors",
    }),
    ...unless(/^[a-z0-9_][\w.-]*(?::[a-z0-9_][\w.-]*)?$/i.test(user), {
      path: "user",
      value: user,
      allowed: "user, uid, user:group or uid:gid",
      remedy: "correct it",
    }),
    ...unless(healthPath.startsWith("/"), {
      path: "healthPath",
      value: healthPath,
      allowed: "a path that begins with /",
      remedy: "correct it",
    }),
    ...retentionProblems("logRetentionInDays", args.logRetentionInDays),
    // Fargate kills a task after two minutes at most.
    ...durationWithin("stopTimeout", args.stopTimeout, "1s", "2m"),
    // Service Connect closes a connection that was idle for five minutes, whatever the request's own limit is.
    ...(args.requestTimeout === "none" ? [] : durationWithin("requestTimeout", args.requestTimeout, "1s", "5m")),
    ...durationWithin("containerHealthCheck.interval", check?.interval, "5s", "5m"),
    ...durationWithin("containerHealthCheck.timeout", check?.timeout, "2s", "1m"),
    ...wholeNumber("containerHealthCheck.retries", check?.retries, 1, 10),
    ...durationWithin("containerHealthCheck.startPeriod", check?.startPeriod, "0s", "5m"),
    ...validateWritablePaths(args),
  ];
}

function validateWritablePaths({ writablePaths = [], memory = "512 MiB" }: MicroserviceArgs): Problem[] {
  const paths = writablePaths.map((entry) => (typeof entry === "string" ? entry : entry.path));
  const sizes = writablePaths.map((entry) =>
    mebibytes(typeof entry === "string" ? "64 MiB" : (entry.size ?? "64 MiB")),
  );
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return [
    ...paths.flatMap((path, index) =>
      unless(/^\/[^:\s]+$/.test(path) && paths.indexOf(path) === index, {
        path: `writablePaths[${index}]`,
        value: path,
        allowed: "an absolute path other than /, once",
        remedy: "correct it, or remove the repetition",
      }),
    ),
    ...sizes.flatMap((size, index) =>
      unless(size !== undefined && Number.isInteger(size) && size > 0, {
        path: `writablePaths[${index}].size`,
        value: writablePaths[index],
        allowed: "whole MiB, at least 1",
        remedy: 'write a number and a unit, such as "64 MiB"',
      }),
    ),
    ...unless(total < (memoryMebibytes(memory) ?? Infinity), {
      path: "writablePaths",
      value: `${total} MiB`,
      allowed: "less than memory, which the folders are part of",
      remedy: "make the folders smaller, or memory larger",
    }),
  ];
}
