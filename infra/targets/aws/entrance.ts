// Entrances on AWS: an API of API Gateway before the load balancer, with its firewall.
import { ApiGateway, type ApiOrigin, type ApiRoute } from "../../../components/aws/gateway";
import type { EntranceNode, RoutePlan } from "../../model/kinds/entrance";
import { type Bound, refused } from "../target";
import type { Foundation } from "./foundation";

/**
 * How entrances are made; they have no grant, because services do nothing with them.
 *
 * @param originOf the load balancer of the platform
 */
export function entranceBinding<F extends Foundation>(originOf: (foundation: F) => ApiOrigin) {
  return (node: EntranceNode, foundation: F): Bound => {
    const { url } = createRestApi(node, foundation, originOf(foundation));
    return { grant: (edge) => refused(edge, node), outputs: { entrances: { [node.name]: url } } };
  };
}

function createRestApi(node: EntranceNode, foundation: Foundation, origin: ApiOrigin): ApiGateway {
  const { plan, placement, network, alarmTopicArn, opts } = foundation;
  const { routes, cors, throttling, clients, dailyQuota, domain, limits, largeBodies } = node;
  // An account has one role for the logs of all its REST APIs.
  const [first] = plan.nodes.filter((one) => one.kind === "entrance" && one.protocol === "rest");
  return new ApiGateway(
    componentName(node),
    {
      placement,
      network,
      origin,
      routes: Object.fromEntries(routes.map((route) => [route.name, restRoute(route)])),
      ...(cors && { cors }),
      throttling,
      clients,
      dailyQuota,
      ...(domain !== undefined && plan.https && { domain: { name: domain, hostedZoneId: plan.https.hostedZoneId } }),
      firewall: plan.waf === false ? "none" : { routes: limits, largeBodies, countOnly: plan.waf === "count" },
      accountLogRole: first === node ? "create" : "exists",
      logRetentionInDays: plan.environment.logRetentionDays,
      alarmTopicArn,
    },
    opts,
  );
}

const componentName = ({ name }: EntranceNode): string => `${name}-entrance`;

function restRoute({ paths, requiresKey, bodies }: RoutePlan): ApiRoute {
  return { paths, requiresKey, bodies };
}
