import { disallowTaskInPublicSubnet } from "../../../policy/rules/network/disallow-task-in-public-subnet";
import { specify } from "../support";
import { outOfPublicSubnets } from "../support/public-subnet";

specify(disallowTaskInPublicSubnet, outOfPublicSubnets("aws:ecs/service:Service", "networkConfiguration.subnets"));
