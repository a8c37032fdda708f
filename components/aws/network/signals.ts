// Metrics of the ways from private subnets to the internet. Pure.
import type { Metric, Signal } from "../../kit";
import type { EgressNodes } from "./egress";

/** Signals of NAT gateways, or of the NAT instance; none without NAT. */
export function egressSignals(of: string, { natGateways, natInstance }: EgressNodes): Signal[] {
  const gateways = Object.entries(natGateways).flatMap(([zone, gateway]): Signal[] => {
    const metric = metricOf("AWS/NATGateway", { NatGatewayId: gateway.id });
    return [
      { of, role: `ports-${zone}`, meaning: "errors", metric: metric("ErrorPortAllocation") },
      { of, role: `dropped-${zone}`, meaning: "errors", metric: metric("PacketsDropCount") },
      { of, role: `bytes-${zone}`, meaning: "cost", metric: { ...metric("BytesOutToDestination"), unit: "bytes" } },
    ];
  });
  if (!natInstance) return gateways;
  const metric = metricOf("AWS/EC2", { InstanceId: natInstance.instance.id });
  return [
    {
      of,
      role: "instance-status",
      meaning: "errors",
      metric: { ...metric("StatusCheckFailed"), statistic: "Maximum" },
    },
    {
      of,
      role: "instance-cpu",
      meaning: "saturation",
      metric: { ...metric("CPUUtilization"), statistic: "Average", unit: "percent" },
    },
    { of, role: "instance-bytes", meaning: "traffic", metric: { ...metric("NetworkOut"), unit: "bytes" } },
  ];
}

function metricOf(namespace: string, dimensions: Metric["dimensions"]) {
  return (name: string): Metric => ({ namespace, name, dimensions, statistic: "Sum", unit: "count", period: 300 });
}
