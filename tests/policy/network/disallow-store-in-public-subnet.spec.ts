import { disallowStoreInPublicSubnet } from "../../../policy/rules/network/disallow-store-in-public-subnet";
import { specify } from "../support";
import { outOfPublicSubnets } from "../support/public-subnet";

specify(disallowStoreInPublicSubnet, outOfPublicSubnets("aws:rds/subnetGroup:SubnetGroup", "subnetIds"));
