// Streams of records on AWS: Kinesis.
import { Stream } from "../../../components/aws/stream";
import { constantCase } from "../../../components/kit";
import type { StreamNode } from "../../model/kinds/stream";
import { type Bound, refused } from "../target";
import { observed } from "./bindings";
import type { Foundation } from "./foundation";

export function bindStream(
  { name, retention, maxAge }: StreamNode,
  { placement, plan: { environment }, opts }: Foundation,
): Bound {
  const stream = new Stream(
    name,
    {
      placement,
      ...(retention !== undefined && { retention }),
      ...(maxAge !== undefined && { maxAge }),
      protectData: environment.protectData,
    },
    opts,
  );
  return {
    arn: stream.streamArn,
    grant(edge) {
      if (edge.verb === "consumes") return stream.grantConsume();
      return edge.verb === "writes" ? stream.grantWrite(`${constantCase(name)}_STREAM`) : refused(edge, edge.to);
    },
    outputs: { streams: { [name]: stream.streamName } },
    ...observed(stream),
  };
}
