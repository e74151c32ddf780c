"""E-mail on the local cloud: messages stay there, at /_ministack/ses/messages."""

import json
from contextlib import closing

from tools.local import aws
from tools.local.cloud import Cloud

SENDER = "stockwarden@example.com"
_MAY_SEND = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "ses:SendEmail", "Resource": "*"}],
}


def let_send(cloud: Cloud, stack: str) -> None:
    """The local cloud knows neither the identities nor the sender that the template's policy names,
    so the role that sends gets a plainer one beside it."""
    with closing(aws.client(cloud, "ses")) as ses:
        ses.verify_email_identity(EmailAddress=SENDER)
    with closing(aws.client(cloud, "cloudformation")) as cloudformation:
        role = cloudformation.describe_stack_resource(
            StackName=stack, LogicalResourceId="AnalysisRole"
        )["StackResourceDetail"]["PhysicalResourceId"]
    with closing(aws.client(cloud, "iam")) as iam:
        iam.put_role_policy(
            RoleName=role, PolicyName="local-mail", PolicyDocument=json.dumps(_MAY_SEND)
        )
