// EC2 instances, launch templates and network interfaces.
import type { Cards } from "../card";
import { isObject } from "../../providers/core/values";
import { addressInSubnet } from "../addresses";
import { dnsSuffix, ec2Id } from "../identifiers";
import { When, sized } from "../inputs";
import { logs } from "../times";
import { ec2, owner, privateIp, publicIp, zoneOf } from "./ec2-network";

/** A version given as a number; the emulation does not resolve `$Latest`. */
const numbered: When = (_, { launchTemplate: template }) =>
  isObject(template) && typeof template.version === "string" && /^\d+$/.test(template.version);

/** User data starts a machine once: by default, a new text waits for the next start. */
const withNewData: When = (_, { userDataReplaceOnChange }) => userDataReplaceOnChange === true;

export const cards: Cards = {
  "aws:ec2/instance:Instance": {
    source: "ec2/ec2_instance.go",
    id: ec2Id("i"),
    computed: {
      arn: ec2("instance"),
      instanceState: "running",
      privateIp,
      publicIp,
      primaryNetworkInterfaceId: (resource) => `eni-0${resource.hex(16, "eni")}`,
      privateDns: (resource) => `ip-${privateIp(resource).replace(/\./g, "-")}.${resource.region}.compute.internal`,
      publicDns: (resource) =>
        `ec2-${publicIp(resource).replace(/\./g, "-")}.${resource.region}.compute.${dnsSuffix(resource.partition)}`,
      availabilityZone: zoneOf,
      subnetId: (resource) => `subnet-0${resource.hex(16, "subnet")}`,
    },
    replaces: `
      ami associatePublicIpAddress availabilityZone cpuOptions.amdSevSnp cpuOptions.coreCount
      cpuOptions.threadsPerCore ebsBlockDevices.deleteOnTermination ebsBlockDevices.deviceName
      ebsBlockDevices.encrypted ebsBlockDevices.iops ebsBlockDevices.kmsKeyId ebsBlockDevices.snapshotId
      ebsBlockDevices.throughput ebsBlockDevices.volumeSize ebsBlockDevices.volumeType ebsOptimized
      enablePrimaryIpv6 enclaveOptions.enabled ephemeralBlockDevices hibernation hostId instanceMarketOptions
      ipv6AddressCount ipv6Addresses keyName launchTemplate.id launchTemplate.name
      networkInterfaces.deleteOnTermination networkInterfaces.deviceIndex networkInterfaces.networkCardIndex
      networkInterfaces.networkInterfaceId placementGroup placementGroupId placementPartitionNumber
      primaryNetworkInterface privateDnsNameOptions privateIp rootBlockDevice.encrypted
      rootBlockDevice.kmsKeyId secondaryNetworkInterfaces securityGroups subnetId tenancy
    `,
    replacesWhen: {
      "launchTemplate.version": numbered,
      userData: withNewData,
      userDataBase64: withNewData,
    },
    constraints: [sized("instanceType", "ec2", "t4g.nano"), addressInSubnet],
    protectedBy: "disableApiTermination",
    creation: { runs: "12s 12s 13s", source: logs("aws_instance") },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    source: "ec2/ec2_launch_template.go",
    id: ec2Id("lt"),
    autoname: { property: "name", limit: 125 },
    computed: { arn: ec2("launch-template"), latestVersion: 1, defaultVersion: 1 },
    replaces: "name namePrefix",
    constraints: [sized("instanceType", "ec2", "t4g.nano")],
  },
  "aws:ec2/networkInterface:NetworkInterface": {
    id: ec2Id("eni"),
    replaces: "subnetId interfaceType",
    computed: {
      arn: ec2("network-interface"),
      ownerId: owner,
      privateIp,
      privateIps: (resource) => [privateIp(resource)],
      macAddress: (resource) => `02:${(resource.hex(10, "mac").match(/../g) ?? []).join(":")}`,
      privateDnsName: (resource) => `ip-${privateIp(resource).replace(/\./g, "-")}.${resource.region}.compute.internal`,
      interfaceType: "interface",
      outpostArn: "",
      securityGroups: [],
    },
    constraints: [addressInSubnet],
  },
};
