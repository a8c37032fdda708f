// The application load balancer in front of the services; it is internal by default. Each service adds its listener rules and
// the egress rule from the load balancer's security group.
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { protectedWhen, type Transform, transformed } from "../../kit";
import type { AccessLogNodes } from "./access-logs";
import { type CertificateNodes, createCertificate } from "./certificate";
import type { Scope } from "./scope";

/** The load balancer and what listens. */
export interface BalancerNodes extends CertificateNodes {
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** By port; none for a load balancer that is not open to the VPC. */
  readonly ingressRules: Readonly<Record<string, aws.vpc.SecurityGroupIngressRule>>;
  /** Undefined where no route has tokens checked. */
  readonly egressRule?: aws.vpc.SecurityGroupEgressRule;
  readonly loadBalancer: aws.lb.LoadBalancer;
  readonly listener: aws.lb.Listener;
  readonly redirectListener?: aws.lb.Listener;
}

/** TLS 1.2 and 1.3. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Creates the load balancer. */
export function createBalancer(scope: Scope, accessLogs: AccessLogNodes): BalancerNodes {
  const guard = createGuard(scope);
  const egressRule = scope.resolved.jwtValidation ? createKeyEgress(scope, guard.securityGroup) : undefined;
  const loadBalancer = createLoadBalancer(scope, guard.securityGroup, accessLogs);
  const certificate = createCertificate(scope, loadBalancer);
  return {
    ...guard,
    ...(egressRule && { egressRule }),
    loadBalancer,
    ...certificate.nodes,
    ...createListeners(scope, loadBalancer, certificate.arn),
  };
}

function createGuard({ name, network, resolved, tags, transform, parent }: Scope) {
  const securityGroup = new aws.ec2.SecurityGroup(
    ...transformed<aws.ec2.SecurityGroupArgs>(
      transform?.securityGroup,
      `${name}-alb`,
      { vpcId: network.vpcId, description: "Load balancer in front of the services", ...tags },
      { parent },
    ),
  );
  const [cidrIpv4, source] = resolved.internetFacing ? ["0.0.0.0/0", "internet"] : [network.cidr, "vpc"];
  const createRule = (port: number) =>
    new aws.vpc.SecurityGroupIngressRule(
      ...transformed<aws.vpc.SecurityGroupIngressRuleArgs>(
        transform?.ingressRule,
        `${name}-alb-from-${source}-${port}`,
        {
          securityGroupId: securityGroup.id,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4,
          description: resolved.internetFacing ? "The internet" : "The VPC",
          ...tags,
        },
        { parent },
      ),
    );
  const isOpen = resolved.internetFacing || resolved.openToVpc;
  const ports = isOpen ? resolved.ports.filter((port) => port !== undefined) : [];
  return { securityGroup, ingressRules: Object.fromEntries(ports.map((port) => [port, createRule(port)])) };
}

/**
 * The way to the keys of tokens. The load balancer's own nodes fetch them, as they ask an OpenID Connect provider, from whatever
 * address the issuer has (https://repost.aws/knowledge-center/elb-configure-authentication-alb, https://github.com/aws/aws-cdk/pull/37494).
 */
function createKeyEgress(
  { name, tags, transform, parent }: Scope,
  { id }: aws.ec2.SecurityGroup,
): aws.vpc.SecurityGroupEgressRule {
  return new aws.vpc.SecurityGroupEgressRule(
    ...transformed<aws.vpc.SecurityGroupEgressRuleArgs>(
      transform?.egressRule,
      `${name}-alb-to-internet-443`,
      {
        securityGroupId: id,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
        description: "Keys of the issuer of tokens",
        ...tags,
      },
      { parent },
    ),
  );
}

function createLoadBalancer(
  { name, network, resolved, tags, transform, parent }: Scope,
  securityGroup: aws.ec2.SecurityGroup,
  accessLogs: AccessLogNodes,
): aws.lb.LoadBalancer {
  return new aws.lb.LoadBalancer(
    ...transformed<aws.lb.LoadBalancerArgs>(
      transform?.loadBalancer,
      `${name}-alb`,
      {
        loadBalancerType: "application",
        internal: !resolved.internetFacing,
        subnets: (resolved.internetFacing ? network.publicSubnetIds : undefined) ?? network.privateSubnetIds,
        securityGroups: [securityGroup.id],
        // Read through the bucket policy: ELB writes a test file as soon as access logs are enabled, so the policy must exist first.
        accessLogs: { bucket: accessLogs.accessLogPolicy.bucket, enabled: true },
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        idleTimeout: resolved.idleTimeout,
        enableDeletionProtection: resolved.protectData,
        ...tags,
      },
      {
        parent,
        ...protectedWhen(resolved.protectData),
        // No log is written before the bucket is closed and encrypts.
        dependsOn: [
          accessLogs.accessLogEncryption,
          accessLogs.accessLogVersioning,
          accessLogs.accessLogPublicAccessBlock,
          accessLogs.accessLogOwnershipControls,
        ],
      },
    ),
  );
}

/**
 * A port has one listener, so each listener is named after its protocol. The HTTP listener forwards requests, or redirects them when there
 * is a certificate. A change between the two updates the listener on port 80; it never replaces it.
 */
function createListeners(
  scope: Scope,
  { arn }: aws.lb.LoadBalancer,
  certificateArn: pulumi.Input<string> | undefined,
): Pick<BalancerNodes, "listener" | "redirectListener"> {
  const { name, transform, parent } = scope;
  if (certificateArn === undefined) {
    const args = { port: 80, protocol: "HTTP", defaultActions: [NOT_FOUND] };
    // Earlier versions named it after its role, which changes.
    const opts = { parent, aliases: [{ name: `${name}-alb-redirect` }, { name: `${name}-alb` }] };
    return { listener: createListener(scope, arn, transform?.listener, `${name}-alb-http`, args, opts) };
  }
  const tls = { port: 443, protocol: "HTTPS", sslPolicy: TLS_POLICY, certificateArn };
  const args = { ...tls, defaultActions: [NOT_FOUND] };
  const listener = createListener(scope, arn, transform?.listener, `${name}-alb`, args, { parent });
  const redirectListener = createListener(
    scope,
    arn,
    transform?.redirectListener,
    `${name}-alb-http`,
    { port: 80, protocol: "HTTP", defaultActions: [REDIRECT] },
    // The redirect comes after the HTTPS listener, so that it never leads to a closed port.
    { parent, aliases: [{ name: `${name}-alb-redirect` }], dependsOn: [listener] },
  );
  return { listener, redirectListener };
}

const NOT_FOUND = {
  type: "fixed-response",
  fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "Service not found" },
};
const REDIRECT = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };

function createListener(
  { tags }: Scope,
  loadBalancerArn: pulumi.Output<string>,
  transform: Transform<aws.lb.ListenerArgs> | undefined,
  name: string,
  args: Omit<aws.lb.ListenerArgs, "loadBalancerArn">,
  opts: pulumi.CustomResourceOptions,
): aws.lb.Listener {
  return new aws.lb.Listener(
    ...transformed<aws.lb.ListenerArgs>(transform, name, { loadBalancerArn, ...args, ...tags }, opts),
  );
}
