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


# Of the functions that send: reports of dropped files, invitations.
_ROLES = ("AnalysisRole", "AdminRole")


def let_send(cloud: Cloud, stack: str) -> None:
    """The local cloud knows neither the identities nor the sender that the template's policies
    name, so the roles that send get a plainer one beside it."""
    with closing(aws.client(cloud, "ses")) as ses:
        ses.verify_email_identity(EmailAddress=SENDER)
    with closing(aws.client(cloud, "cloudformation")) as cloudformation:
        roles = [
            cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId=name)[
                "StackResourceDetail"
            ]["PhysicalResourceId"]
            for name in _ROLES
        ]
    with closing(aws.client(cloud, "iam")) as iam:
        for role in roles:
            iam.put_role_policy(
                RoleName=role, PolicyName="local-mail", PolicyDocument=json.dumps(_MAY_SEND)
            )
