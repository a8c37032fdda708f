"""Where an account and a state of it are put together, and the tags that make a thing the stack's."""

import boto3

REGION = "eu-central-1"
# A name that a shell or a pattern could take for something else.
SYSTEM = "shop (a=b, c)"
TAGS = {"Project": SYSTEM, "Environment": "prod"}
NEARLY = [
    {"Project": SYSTEM, "Environment": "prod2"},
    {"Project": SYSTEM, "Environment": "staging"},
    {"Project": SYSTEM, "NotEnvironment": "prod"},
    {"SubProject": SYSTEM, "Environment": "prod"},
    {"Project": f"{SYSTEM} x", "Environment": "prod"},
]



class Account:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.resources = []
        self.orphans = []
        self.names = {}
        self.subnets = []
        self.vpc = None

    def client(self, service):
        keys = {"aws_access_key_id": "moto", "aws_secret_access_key": "moto"}
        return boto3.client(service, region_name=REGION, endpoint_url=self.endpoint, **keys)

    def know(self, type_, id_, **outputs):
        """The state has it."""
        self.resources.append({"type": type_, "id": id_, "custom": True, "outputs": outputs, "inputs": {}})

    def plant(self, *lines):
        """No state has it."""
        self.orphans.extend(lines)


def tags(own=TAGS, key="Key", value="Value"):
    return [{key: name, value: content} for name, content in own.items()]


def specification(kind, own=TAGS):
    return [{"ResourceType": kind, "Tags": tags(own)}]
