// Pages that say more about a rule: AWS's controls of the service, Kubernetes's standards for pods.

/** Services whose page of controls has another name than the provider's module. */
const SERVICES: Readonly<Record<string, string>> = {
  alb: "elb",
  lb: "elb",
  apigatewayv2: "apigateway",
  cfg: "config",
  docdb: "documentdb",
  ebs: "ec2",
  ec2clientvpn: "ec2",
  ec2transitgateway: "ec2",
  sfn: "stepfunctions",
  vpc: "ec2",
  wafregional: "waf",
  wafv2: "waf",
};

/** The page of controls for a type's service. */
export function pageOf(type: string): string {
  if (type.startsWith("kubernetes:")) return "https://kubernetes.io/docs/concepts/security/pod-security-standards/";
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${SERVICES[service] ?? service}-controls.html`;
}
