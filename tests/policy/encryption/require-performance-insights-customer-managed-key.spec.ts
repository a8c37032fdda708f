import { requirePerformanceInsightsCustomerManagedKey } from "../../../policy/rules/encryption/require-performance-insights-customer-managed-key";
import { awsKey, ownKey, resource, specify, unknown } from "../support";

const member = (props: object) => resource("aws:rds/clusterInstance:ClusterInstance", { ...props });
const on = { performanceInsightsEnabled: true };

specify(requirePerformanceInsightsCustomerManagedKey, {
  compliant: [
    member({ ...on, performanceInsightsKmsKeyId: ownKey }),
    member({ performanceInsightsEnabled: false }),
    member({}),
  ],
  violating: [
    [
      member({ ...on, performanceInsightsKmsKeyId: awsKey("rds") }),
      [`it: performanceInsightsKmsKeyId is "${awsKey("rds")}"`],
    ],
  ],
  notApplicable: [resource("aws:rds/proxy:Proxy", on)],
  missing: [[member(on), ["it: performanceInsightsKmsKeyId is not set"]]],
  unknown: [
    [member({ ...on, performanceInsightsKmsKeyId: unknown }), []],
    [member({ performanceInsightsEnabled: unknown }), []],
  ],
});
