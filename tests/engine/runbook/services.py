"""What a service has: queues, keys, secrets, containers; and what is nobody's of this stack."""

import json

from kit import NEARLY, REGION, TAGS, specification, tags


def queues(account):
    sqs, sns = account.client("sqs"), account.client("sns")

    def queue(name, **attributes):
        url = sqs.create_queue(QueueName=name, Attributes=attributes, tags=TAGS)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        return url, arn

    dead_url, dead = queue("order-dead")
    url, arn = queue("order", RedrivePolicy=json.dumps({"deadLetterTargetArn": dead, "maxReceiveCount": 3}))
    account.know("aws:sqs/queue:Queue", dead_url, arn=dead)
    account.know("aws:sqs/queue:Queue", url, arn=arn)
    account.plant(queue("order-lost.fifo", FifoQueue="true")[1])
    topic = sns.create_topic(Name="order-events", Tags=tags())["TopicArn"]
    account.know("aws:sns/topic:Topic", topic, arn=topic)
    for target, known in [(arn, True), (dead, False)]:
        made = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=target, ReturnSubscriptionArn=True)["SubscriptionArn"]
        if known:
            account.know("aws:sns/topicSubscription:TopicSubscription", made, arn=made)
        else:
            account.plant(made)
    # More than a page of tagged things, and of subscriptions.
    for index in range(110):
        many = sns.create_topic(Name=f"many-{index}", Tags=tags())["TopicArn"]
        account.know("aws:sns/topic:Topic", many, arn=many)
        made = sns.subscribe(TopicArn=many, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]
        account.know("aws:sns/topicSubscription:TopicSubscription", made, arn=made)
    events = account.client("events")
    # moto's tagging API leaves rules out, so that nothing of the state names this one.
    events.put_rule(Name="failed", EventPattern='{"source": ["aws.ecs"]}')
    events.put_targets(Rule="failed", Targets=[{"Id": "topic", "Arn": topic}])
    account.names.update({"queue": url, "topic": topic, "rule": "failed"})


def keys_and_secrets(account):
    kms, store, logs = account.client("kms"), account.client("secretsmanager"), account.client("logs")

    def key():
        return kms.create_key(Description="of a store", Tags=tags(TAGS, "TagKey", "TagValue"))["KeyMetadata"]

    known, lost, ended = key(), key(), key()
    kms.schedule_key_deletion(KeyId=ended["KeyId"], PendingWindowInDays=7)
    account.know("aws:kms/key:Key", known["KeyId"], arn=known["Arn"])
    account.plant(lost["Arn"])
    for alias, kept in [("alias/order-db", True), ("alias/order db/left over", False)]:
        name = alias.replace(" ", "-")
        kms.create_alias(AliasName=name, TargetKeyId=known["KeyId"])
        if kept:
            account.know("aws:kms/alias:Alias", name)
        else:
            account.plant(name)
    arns = {}
    for name in ["jwt/signing+key", "lost", "ended"]:
        made = store.create_secret(Name=name, SecretString="x", Tags=tags())
        arns[name] = made["ARN"], made["VersionId"]
    arn, version = arns["jwt/signing+key"]
    account.know("aws:secretsmanager/secret:Secret", arn, arn=arn)
    account.know("aws:secretsmanager/secretVersion:SecretVersion", f"{arn}|{version}", arn=arn)
    # Its answer was lost: the one that the state knows is no longer the current one.
    newer = store.put_secret_value(SecretId=arn, SecretString="y")["VersionId"]
    account.plant(f"{arn}|{newer}")
    account.plant(arns["lost"][0], "|".join(arns["lost"]))
    store.delete_secret(SecretId=arns["ended"][0], RecoveryWindowInDays=7)
    logs.create_log_group(logGroupName="/ecs/order", tags=TAGS)
    group = f"arn:aws:logs:{REGION}:123456789012:log-group:/ecs/order"
    account.know("aws:cloudwatch/logGroup:LogGroup", "/ecs/order", arn=group)
    account.names.update({"key": known["KeyId"], "secret": arn})


def containers(account):
    ecs, scaling, ecr = account.client("ecs"), account.client("application-autoscaling"), account.client("ecr")
    own = tags(TAGS, "key", "value")
    cluster = ecs.create_cluster(clusterName="main", capacityProviders=["FARGATE"], tags=own)["cluster"]["clusterArn"]
    account.know("aws:ecs/cluster:Cluster", cluster, arn=cluster)
    definition = {
        "family": "order",
        "containerDefinitions": [{"name": "order", "image": "nginx:1.27", "memory": 128}],
        "tags": own,
    }
    tasks = [ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"] for _ in range(3)]
    ecs.deregister_task_definition(taskDefinition=tasks[0])
    account.know("aws:ecs/taskDefinition:TaskDefinition", "order", arn=tasks[1])
    account.plant(tasks[2])
    services = [
        ecs.create_service(cluster="main", serviceName=name, taskDefinition=tasks[1], desiredCount=1, tags=own)
        for name in ["order", "lost"]
    ]
    services = [made["service"]["serviceArn"] for made in services]
    account.know("aws:ecs/service:Service", services[0], arn=services[0])
    account.plant(services[1])
    target = {"ServiceNamespace": "ecs", "ResourceId": "service/main/order", "ScalableDimension": "ecs:service:DesiredCount"}
    scaling.register_scalable_target(**target, MinCapacity=1, MaxCapacity=4)
    tracking = {
        "TargetValue": 60.0,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
    }
    for name, known in [("cpu", True), ("left-over", False)]:
        policy = scaling.put_scaling_policy(
            **target,
            PolicyName=name,
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration=tracking,
        )["PolicyARN"]
        if known:
            account.know("aws:appautoscaling/policy:Policy", name, arn=policy)
        else:
            account.plant(policy)
        scaling.put_scheduled_action(**target, ScheduledActionName=f"{name}-at-night", Schedule="cron(0 2 * * ? *)")
    for action in scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]:
        if action["ScheduledActionName"] == "cpu-at-night":
            account.know("aws:appautoscaling/scheduledAction:ScheduledAction", "cpu-at-night", arn=action["ScheduledActionARN"])
        else:
            account.plant(action["ScheduledActionARN"])
    repository = ecr.create_repository(repositoryName="shop/order", tags=tags())["repository"]["repositoryArn"]
    account.know("aws:ecr/repository:Repository", "shop/order", arn=repository)
    rule = {"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 9}}
    rules = {"rules": [{**rule, "action": {"type": "expire"}}]}
    ecr.put_lifecycle_policy(repositoryName="shop/order", lifecyclePolicyText=json.dumps(rules))
    account.names.update({"cluster": "main", "service": "service/main/order", "repository": "shop/order"})


def strangers(account):
    """Things with tags that are not quite the stack's."""
    sns, ec2 = account.client("sns"), account.client("ec2")
    for index, own in enumerate(NEARLY):
        sns.create_topic(Name=f"nearly-{index}", Tags=tags(own))
    vpc = ec2.create_vpc(CidrBlock="10.1.0.0/16", TagSpecifications=specification("vpc", NEARLY[0]))["Vpc"]["VpcId"]
    ec2.create_route_table(VpcId=vpc, TagSpecifications=specification("route-table", NEARLY[0]))
