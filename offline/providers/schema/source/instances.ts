// Instances and the templates that they are launched from.
import type { Facts } from "./facts";

const within = (block: string, names: readonly string[]): readonly string[] => names.map((name) => `${block}.${name}`);
/** What a network interface of its own brings along. */
const OF_INTERFACE = [
  ...["associatePublicIpAddress", "subnetId", "privateIp", "secondaryPrivateIps", "vpcSecurityGroupIds"],
  ...["securityGroups", "ipv6Addresses", "ipv6AddressCount", "sourceDestCheck"],
] as const;

export const instances: Facts = {
  "aws:ec2/instance:Instance": {
    source: "ec2/ec2_instance.go",
    replaces: [
      ...["ami", "associatePublicIpAddress", "availabilityZone", "ebsOptimized", "enablePrimaryIpv6"],
      ...within("cpuOptions", ["amdSevSnp", "coreCount", "threadsPerCore"]),
      ...within("ebsBlockDevices", ["deleteOnTermination", "deviceName", "encrypted", "iops", "kmsKeyId"]),
      ...within("ebsBlockDevices", ["snapshotId", "throughput", "volumeSize", "volumeType"]),
      ...["enclaveOptions.enabled", "ephemeralBlockDevices", "hibernation", "hostId", "instanceMarketOptions"],
      ...["ipv6AddressCount", "ipv6Addresses", "keyName", "launchTemplate.id", "launchTemplate.name"],
      ...within("networkInterfaces", ["deleteOnTermination", "deviceIndex", "networkCardIndex", "networkInterfaceId"]),
      ...["placementGroup", "placementGroupId", "placementPartitionNumber", "primaryNetworkInterface"],
      ...["privateDnsNameOptions", "privateIp", "rootBlockDevice.encrypted", "rootBlockDevice.kmsKeyId"],
      ...["secondaryNetworkInterfaces", "securityGroups", "subnetId", "tenancy"],
    ],
    forms: { arn: ["hostResourceGroupArn"] },
    lengths: { "launchTemplate.version": [1, 255], userData: [0, 16384] },
    ranges: { "metadataOptions.httpPutResponseHopLimit": [1, 64] },
    sets: ["ebsBlockDevices", "networkInterfaces", "secondaryPrivateIps", "securityGroups", "vpcSecurityGroupIds"],
    someOf: [
      ["ami", "launchTemplate"],
      ["instanceType", "launchTemplate"],
    ],
    conflicts: [
      ["ipv6AddressCount", "ipv6Addresses"],
      ["networkInterfaces", ...OF_INTERFACE],
      ["hostResourceGroupArn", "placementGroup"],
      ["userData", "userDataBase64"],
    ],
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    source: "ec2/ec2_launch_template.go",
    replaces: ["name", "namePrefix"],
    forms: { arn: ["iamInstanceProfile.arn", "placement.hostResourceGroupArn"] },
    ranges: { defaultVersion: [1] },
    lengths: { description: [0, 255] },
    sets: [
      ...["securityGroupNames", "vpcSecurityGroupIds", "instanceRequirements.allowedInstanceTypes"],
      ...["instanceRequirements.excludedInstanceTypes", "licenseSpecifications"],
      ...within("networkInterfaces", ["ipv4Addresses", "ipv4Prefixes", "ipv6Addresses", "ipv6Prefixes"]),
      "networkInterfaces.securityGroups",
    ],
    conflicts: [
      ["name", "namePrefix"],
      ["placement.hostResourceGroupArn", "placement.hostId"],
      ["updateDefaultVersion", "defaultVersion"],
      ["securityGroupNames", "vpcSecurityGroupIds"],
      ["instanceRequirements", "instanceType"],
      ["instanceRequirements.allowedInstanceTypes", "instanceRequirements.excludedInstanceTypes"],
      [
        "capacityReservationSpecification.capacityReservationTarget.capacityReservationId",
        "capacityReservationSpecification.capacityReservationTarget.capacityReservationResourceGroupArn",
      ],
    ],
  },
};
