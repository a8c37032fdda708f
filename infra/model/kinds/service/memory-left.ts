// Memory of a task that is left for the process: the proxy and full tmpfs folders use the rest.
import { PROXY_MEMORY, resolveWritablePaths } from "../../../../components/kit/container-runtime";
import type { Problem } from "../../../../components/kit/problems";
import { mebibytes } from "../../../../components/kit/units";
import type { Plan, ServicePlan } from "../../plan";

/** MiB below which a language's runtime has little room. */
const LITTLE = 256;

/** MiB that are left for the process when its folders in memory are full. */
export function memoryLeft({ memory, runtime }: Pick<ServicePlan, "memory" | "runtime">): number {
  const folders = resolveWritablePaths(runtime).reduce((sum, { mebibytes: size }) => sum + size, 0);
  return (mebibytes(memory) ?? 0) - PROXY_MEMORY - folders;
}

/** Services whose process has little memory left. */
export function memoryWarnings({ services }: Plan): Problem[] {
  return services.flatMap((service) => {
    const left = memoryLeft(service);
    if (left >= LITTLE) return [];
    return [
      {
        path: `services.${service.name}.memory`,
        value: service.memory,
        allowed: `${LITTLE} MiB for the process; with full folders in memory and ${PROXY_MEMORY} MiB for the proxy, ${left} MiB are left`,
        remedy: "raise memory, or make the folders in runtime.writablePaths smaller",
      },
    ];
  });
}
