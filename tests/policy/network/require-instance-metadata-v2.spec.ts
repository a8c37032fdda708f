import { requireInstanceMetadataV2 } from "../../../policy/rules/network/require-instance-metadata-v2";
import { resource, specify, unknown } from "../support";

const instance = (props: object) => resource("aws:ec2/instance:Instance", { ...props });

specify(requireInstanceMetadataV2, {
  compliant: [
    instance({ metadataOptions: { httpTokens: "required" } }),
    instance({ metadataOptions: { httpEndpoint: "disabled" } }),
    instance({ launchTemplate: { id: "lt-1" } }),
  ],
  violating: [
    [instance({ metadataOptions: { httpTokens: "optional" } }), ['it: metadataOptions.httpTokens is "optional"']],
  ],
  notApplicable: [resource("aws:ec2/ami:Ami", {})],
  missing: [
    [instance({}), ["it: metadataOptions.httpTokens is not set"]],
    [resource("aws:ec2/launchTemplate:LaunchTemplate", {}), ["it: metadataOptions.httpTokens is not set"]],
  ],
  unknown: [
    [instance({ metadataOptions: unknown }), []],
    [instance({ metadataOptions: { httpTokens: unknown } }), []],
  ],
});
