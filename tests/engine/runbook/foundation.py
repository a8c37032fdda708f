"""What services stand on: network, roles, load balancer, buckets, names."""

import json

from kit import NEARLY, REGION, TAGS, specification, tags


def network(account):
    ec2 = account.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=specification("vpc"))["Vpc"]["VpcId"]
    account.know("aws:ec2/vpc:Vpc", vpc)
    subnets = []
    for index, zone in enumerate(["a", "b"]):
        cidr = f"10.0.{index}.0/24"
        made = ec2.create_subnet(
            VpcId=vpc, CidrBlock=cidr, AvailabilityZone=REGION + zone, TagSpecifications=specification("subnet")
        )
        subnets.append(made["Subnet"]["SubnetId"])
        account.know("aws:ec2/subnet:Subnet", subnets[-1], arn=made["Subnet"]["SubnetArn"])
    lost = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.9.0/24", TagSpecifications=specification("subnet"))
    account.plant(lost["Subnet"]["SubnetId"])
    gateway = ec2.create_internet_gateway(TagSpecifications=specification("internet-gateway"))
    gateway = gateway["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    account.know("aws:ec2/internetGateway:InternetGateway", gateway)
    table = ec2.create_route_table(VpcId=vpc, TagSpecifications=specification("route-table"))["RouteTable"]["RouteTableId"]
    account.know("aws:ec2/routeTable:RouteTable", table)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    account.know("aws:ec2/route:Route", f"r-{table}1080289494", routeTableId=table, destinationCidrBlock="0.0.0.0/0")
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="192.168.0.0/16", GatewayId=gateway)
    account.plant(f"route {table} 192.168.0.0/16")
    for subnet, known in zip(subnets, [True, False]):
        association = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
        if known:
            account.know("aws:ec2/routeTableAssociation:RouteTableAssociation", association)
        else:
            account.plant(association)
    # A gateway endpoint has routes that are nobody's own.
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{REGION}.s3",
        RouteTableIds=[table],
        TagSpecifications=specification("vpc-endpoint"),
    )["VpcEndpoint"]["VpcEndpointId"]
    account.know("aws:ec2/vpcEndpoint:VpcEndpoint", endpoint)
    groups = [
        ec2.create_security_group(
            GroupName=name, Description=name, VpcId=vpc, TagSpecifications=specification("security-group")
        )["GroupId"]
        for name in ["with rules", "inline"]
    ]
    for group in groups:
        ec2.revoke_security_group_egress(
            GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        )

    def allow(group, port, **more):
        permission = {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}
        made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission], **more)
        return made["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    account.know("aws:ec2/securityGroup:SecurityGroup", groups[0])
    tagged = allow(groups[0], 443, TagSpecifications=specification("security-group-rule"))
    account.know("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", tagged)
    older = allow(groups[0], 80)
    account.know("aws:ec2/securityGroupRule:SecurityGroupRule", "sgrule-1406915034", securityGroupRuleId=older)
    account.plant(allow(groups[0], 22))
    account.know("aws:ec2/securityGroup:SecurityGroup", groups[1])
    account.resources[-1]["inputs"]["ingress"] = [{"fromPort": 8080, "toPort": 8080, "protocol": "tcp"}]
    allow(groups[1], 8080)
    allocation = ec2.allocate_address(Domain="vpc", TagSpecifications=specification("elastic-ip"))["AllocationId"]
    account.know("aws:ec2/eip:Eip", allocation)
    ended = ec2.create_nat_gateway(
        SubnetId=subnets[0], AllocationId=allocation, TagSpecifications=specification("natgateway")
    )["NatGateway"]["NatGatewayId"]
    ec2.delete_nat_gateway(NatGatewayId=ended)
    account.names.update({"table": table, "group": groups[0]})
    account.subnets, account.vpc = subnets, vpc


TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ecs-tasks.amazonaws.com"}}
        ],
    }
)
RIGHTS = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}
)


def identity(account):
    iam = account.client("iam")

    def role(name, own, path="/"):
        return iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST, Path=path, Tags=tags(own))["Role"]["Arn"]

    for name, path in [("order-task", "/"), ("a+b=c,d.e@f-g_h", "/platform/tasks/")]:
        arn = role(name, TAGS, path)
        account.know("aws:iam/role:Role", name, arn=arn)
    for policy, known in [("queue", True), ("left over", False)]:
        iam.put_role_policy(RoleName="order-task", PolicyName=policy.replace(" ", "-"), PolicyDocument=RIGHTS)
        if known:
            account.know("aws:iam/rolePolicy:RolePolicy", f"order-task:{policy}", role="order-task", name=policy)
        else:
            account.plant("order-task:left-over")
    attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    for name, known in [("monitoring", True), ("reading", False)]:
        policy = iam.create_policy(PolicyName=name, PolicyDocument=RIGHTS)["Policy"]["Arn"]
        iam.attach_role_policy(RoleName="order-task", PolicyArn=policy)
        if known:
            account.know(attachment, "order-task-20261124070948075134c3a12a", role="order-task", policyArn=policy)
        else:
            account.plant(f"attachment order-task {policy}")
    account.plant(role("lost-task", TAGS))
    # What hangs on an orphan is one as well: it has to go first.
    iam.put_role_policy(RoleName="lost-task", PolicyName="rights", PolicyDocument=RIGHTS)
    account.plant("lost-task:rights")
    for index, own in enumerate(NEARLY):
        role(f"nearly-{index}", own)
    # More than a page of each list.
    for index in range(120):
        role(f"somebody-else-{index}", {"Project": "else", "Environment": "prod"})
    account.names["role"] = "order-task"


def balancers(account):
    elb, waf = account.client("elbv2"), account.client("wafv2")
    balancer = elb.create_load_balancer(
        Name="internal", Subnets=account.subnets, Scheme="internal", Tags=tags()
    )["LoadBalancers"][0]["LoadBalancerArn"]
    account.know("aws:lb/loadBalancer:LoadBalancer", balancer, arn=balancer)
    for name, known in [("order", True), ("lost", False)]:
        group = elb.create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=account.vpc, TargetType="ip", Tags=tags()
        )["TargetGroups"][0]["TargetGroupArn"]
        if known:
            account.know("aws:lb/targetGroup:TargetGroup", group, arn=group)
        else:
            account.plant(group)
    visibility = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "firewall"}
    acl = waf.create_web_acl(
        Name="firewall", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=visibility, Tags=tags()
    )["Summary"]["ARN"]
    account.know("aws:wafv2/webAcl:WebAcl", acl, arn=acl)
    waf.associate_web_acl(WebACLArn=acl, ResourceArn=balancer)
    logs = f"arn:aws:logs:{REGION}:123456789012:log-group:aws-waf-logs-firewall"
    waf.put_logging_configuration(LoggingConfiguration={"ResourceArn": acl, "LogDestinationConfigs": [logs]})
    account.names.update({"balancer": balancer, "acl": acl})


def buckets(account):
    s3 = account.client("s3")
    for name, known in [("shop-logs", True), ("shop-lost", False)]:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags()})
        if known:
            account.know("aws:s3/bucket:Bucket", name, arn=f"arn:aws:s3:::{name}")
        else:
            account.plant(f"arn:aws:s3:::{name}")
    log = {"Bucket": "shop-logs"}
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::shop-logs/*",
    }
    s3.put_bucket_policy(**log, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    s3.put_bucket_cors(**log, CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]})
    encryption = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    s3.put_bucket_encryption(**log, ServerSideEncryptionConfiguration={"Rules": [encryption]})
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 90}}
    s3.put_bucket_lifecycle_configuration(**log, LifecycleConfiguration={"Rules": [rule]})
    s3.put_bucket_ownership_controls(**log, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    s3.put_bucket_versioning(**log, VersioningConfiguration={"Status": "Enabled"})
    closed = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]
    s3.put_public_access_block(**log, PublicAccessBlockConfiguration={key: True for key in closed})
    s3.put_bucket_logging(
        **log, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "shop-logs", "TargetPrefix": "own/"}}
    )
    account.names["bucket"] = "shop-logs"


def names_in_dns(account):
    dns = account.client("route53")
    zone = dns.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"].split("/")[-1]

    def record(name, known):
        change = {"Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
        dns.change_resource_record_sets(
            HostedZoneId=zone, ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": change}]}
        )
        if known:
            account.know("aws:route53/record:Record", f"{zone}_{name}_A", zoneId=zone)
        elif known is False:
            account.plant(f"{zone}_{name}_A")

    record("shop.example.com", True)
    record("*.shop.example.com", True)
    record("old.shop.example.com", False)
    # Somebody else's.
    record("eshop.example.com", None)
    account.names.update({"zone": zone, "hosted zone": zone, "domain": "shop.example.com"})
