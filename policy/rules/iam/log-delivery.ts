// Elastic Load Balancing writes access logs under a path that names the account they belong to, and sets no source.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
import type { Principal, Statement } from "./document";

const SERVICES = /^logdelivery\.(elasticloadbalancing|elb)\.amazonaws\.com$/;
/** AWS's own accounts of China and GovCloud, where no service is named. */
const ACCOUNTS = /^arn:aws(-cn:iam::(638102146993|037604701340)|-us-gov:iam::(190560391635|048591011584)):root$/;

/** Whether a statement lets load balancers deliver logs of one account, which its path names. */
export function deliversLogs({ type, value }: Principal, { resources }: Statement): boolean {
  const delivers = type === "Service" ? SERVICES.test(value) : type === "AWS" && ACCOUNTS.test(value);
  return delivers && resources?.values.every((arn) => /\/AWSLogs\/\d{12}\//.test(arn)) === true;
}
