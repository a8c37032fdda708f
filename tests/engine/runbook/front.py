"""What answers and what watches: an API, a function, metrics of a log, a dashboard. moto 5.2 has no saved queries.

None of them has tags here: the table of the runbook names them, and the list of what the state does not know stays as it is.
"""

import io
import json
import zipfile

from kit import REGION


def apis(account):
    api = account.client("apigateway")
    rest = api.create_rest_api(name="web")["id"]
    root = api.get_resources(restApiId=rest)["items"][0]["id"]
    api.put_method(restApiId=rest, resourceId=root, httpMethod="GET", authorizationType="NONE")
    api.put_integration(restApiId=rest, resourceId=root, httpMethod="GET", type="MOCK", requestTemplates={})
    deployment = api.create_deployment(restApiId=rest, stageName="v1", description="of the web")["id"]
    plan = api.create_usage_plan(name="partners", apiStages=[{"apiId": rest, "stage": "v1"}])["id"]
    key = api.create_api_key(name="partner", enabled=True)["id"]
    api.create_usage_plan_key(usagePlanId=plan, keyId=key, keyType="API_KEY")
    domain = "api.shop.example.com"
    api.create_domain_name(domainName=domain, regionalCertificateName="api")
    api.create_base_path_mapping(domainName=domain, restApiId=rest, stage="v1", basePath="v1")
    account.names.update({"api": rest, "deployment": deployment, "plan": plan, "api domain": domain})


def functions(account):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("index.mjs", "export const handler = async () => {};")
    role = account.client("iam").get_role(RoleName="order-task")["Role"]["Arn"]
    client = account.client("lambda")
    name = "health-monitor"
    client.create_function(
        FunctionName=name,
        Runtime="nodejs22.x",
        Handler="index.handler",
        Role=role,
        Code={"ZipFile": archive.getvalue()},
        Publish=True,
    )
    client.add_permission(
        FunctionName=name, StatementId="schedule", Action="lambda:InvokeFunction", Principal="events.amazonaws.com"
    )
    client.put_function_event_invoke_config(FunctionName=name, MaximumRetryAttempts=1)
    account.names["function"] = name


def watching(account):
    logs, metrics = account.client("logs"), account.client("cloudwatch")
    group = "/ecs/order"
    logs.put_metric_filter(
        logGroupName=group,
        filterName="orders-created",
        filterPattern="{ $.event = ORDER_CREATED }",
        metricTransformations=[{"metricName": "OrdersCreated", "metricNamespace": "shop", "metricValue": "1"}],
    )
    text = {"type": "text", "x": 0, "y": 0, "width": 6, "height": 3, "properties": {"markdown": REGION}}
    metrics.put_dashboard(DashboardName="shop-prod-overview", DashboardBody=json.dumps({"widgets": [text]}))
    account.names.update({"log group": group, "prefix": "shop-prod"})
