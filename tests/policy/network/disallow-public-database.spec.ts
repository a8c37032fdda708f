import { disallowPublicDatabase } from "../../../policy/rules/network/disallow-public-database";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:rds/instance:Instance", { ...props });

specify(disallowPublicDatabase, {
  compliant: [instance({ publiclyAccessible: false })],
  violating: [
    [instance({ publiclyAccessible: true }), ["it: publiclyAccessible is true"]],
    [resource("aws:mq/broker:Broker", { publiclyAccessible: true }), ["it: publiclyAccessible is true"]],
  ],
  notApplicable: [resource("aws:rds/cluster:Cluster", { publiclyAccessible: true })],
  missing: [[instance({}), []]],
  unknown: [[instance({ publiclyAccessible: unknown }), []]],
});
