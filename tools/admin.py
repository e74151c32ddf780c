"""Administers the accounts and the signing secret of a deployed stack.

    python -m tools.admin admin ana              # make the first admin: a new account, or ana's
    python -m tools.admin role ana admin         # or: member, viewer, operator, manager
    python -m tools.admin disable ana            # and enable
    python -m tools.admin reset-link ana         # a link to choose a new password, for 30 minutes
    python -m tools.admin second-factor-off ana  # whose phone and recovery codes are lost
    python -m tools.admin rotate-secret          # sign with a new key from now on

`--stack NAME` says which stack (stockwarden); credentials, region and endpoint are the shell's own.
With ADMIN_PASSWORD in the environment, that is the password of a new admin's account. Changes reach
everyone within the authorizer's cache time; tokens signed before a rotation hold until they expire.
Each leaves its entry in the audit log, by `system` from `tools.admin`.
"""

import argparse
import os
import secrets
import sys
from datetime import timedelta

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from stockwarden.audit.entry import COMPANY, SECURITY, SYSTEM, Change
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.admin import people_service
from stockwarden.core.clock import utc_now
from stockwarden.core.errors import NotFound, StockwardenError
from stockwarden.core.ids import new_id
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.account_mails import reset_link
from stockwarden.identity.keys import rotated
from stockwarden.identity.mail_tokens import MailTokenRepository
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.usernames import check_username
from stockwarden.identity.users import User
from stockwarden.storage import clients
from stockwarden.storage.secrets import Secret
from stockwarden.storage.tables import write

# Whoever has the stack's credentials: no account stands for them.
_OPERATOR = Caller("", SYSTEM, Role.ADMIN, session_id="", source="tools.admin")


def use_stack(name: str) -> None:
    """Sets the environment of the engine to the tables and secret of a deployed stack."""
    description = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in description["Outputs"]}
    os.environ["USERS_TABLE"] = outputs["UsersTableName"]
    os.environ["AUDIT_TABLE"] = outputs["AuditTableName"]
    os.environ["TOKEN_SECRET_ID"] = outputs["TokenSecretId"]
    os.environ["APP_URL"] = outputs["AppUrl"]
    parameters = {
        entry["ParameterKey"]: entry["ParameterValue"]
        for entry in description.get("Parameters", [])
    }
    if "AccessTokenMinutes" in parameters:
        os.environ["ACCESS_TOKEN_MINUTES"] = parameters["AccessTokenMinutes"]


def make_admin(username: str, password: str | None) -> list[str]:
    """Makes somebody an admin, with a new account if there is none: `password` is its password,
    else one is made up and told this once."""
    users = repositories.user_repository()
    if users.find(username):
        return [set_role(username, Role.ADMIN)]
    canonical_name = check_username(username)
    told = []
    if not password:
        password = secrets.token_urlsafe(15)
        told = [f"The password is {password} - it is shown this once; change it after signing in."]
    passwords.check_strength(password, canonical_name)
    user_id, role = new_id("usr"), {"role": (None, str(Role.ADMIN))}
    created = Change(COMPANY, "account.created", f"user/{user_id}", role)
    user = users.add(
        username,
        passwords.hash_password(password),
        role=Role.ADMIN,
        user_id=user_id,
        beside=[repositories.audit_log().entry(_OPERATOR.origin, created)],
    )
    return [f"{user.name} has an account now, and is admin.", *told]


def set_role(username: str, role: Role) -> str:
    user = _change_user(username, role=role)
    return f"{user.name} is {role} now."


def set_disabled(username: str, disabled: bool) -> str:
    user = _change_user(username, disabled=disabled)
    return f"{user.name} is {'disabled' if disabled else 'enabled'} now."


def find_user(username: str) -> User:
    user = repositories.user_repository().find(username)
    if user is None:
        raise NotFound(f"There is no user {username}.")
    return user


def new_reset_link(username: str) -> str:
    user, tokens = find_user(username), MailTokenRepository(stores.users_table())
    asked = SecurityLog(repositories.audit_log()).of_account(
        _OPERATOR.origin, user.user_id, "password.reset_link_made", link=(None, "made")
    )
    write(asked)
    return reset_link(user, tokens, stores.settings().app_url)


def turn_second_factor_off(username: str) -> str:
    user = find_user(username)
    turned_off = SecurityLog(repositories.audit_log()).of_account(
        _OPERATOR.origin, user.user_id, "second_factor.turned_off", second_factor=(True, False)
    )
    SecondFactorRepository(stores.users_table()).remove(user.username, turned_off)
    return f"{user.name} signs in with the password alone now."


def _change_user(username: str, *, role: Role | None = None, disabled: bool | None = None) -> User:
    find_user(username)
    return people_service().change_user(_OPERATOR, username, None, role=role, disabled=disabled)


def rotate_secret() -> str:
    settings = stores.settings()
    secret = Secret(clients.secrets_manager(), settings.token_secret_id)
    # Sandboxes that hold the old key in memory sign with it for minutes more.
    until = utc_now() + timedelta(minutes=settings.access_token_minutes + 15)
    secret.replace(rotated(secret.read(), keep_until=until))
    change = Change(SECURITY, "secret.rotated", "secret/tokens", {"rotated": (False, True)})
    repositories.audit_log().record(_OPERATOR.origin, change)
    return f"New tokens have a new key; the old key verifies until {until:%Y-%m-%d %H:%M} UTC."


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Accounts and the secret of a deployed stack.")
    parser.add_argument("--stack", default="stockwarden")
    commands = parser.add_subparsers(dest="command", required=True)
    admin = commands.add_parser("admin", help="make someone an admin, with an account if need be")
    admin.add_argument("username")
    role = commands.add_parser("role", help="change someone's role in the company")
    role.add_argument("username")
    role.add_argument("role", type=Role, choices=list(Role))
    for name in ("disable", "enable", "reset-link", "second-factor-off"):
        commands.add_parser(name).add_argument("username")
    commands.add_parser("rotate-secret", help="sign with a new key from now on")
    options = parser.parse_args(arguments)
    try:
        use_stack(options.stack)
        match options.command:
            case "admin":
                password = os.environ.get("ADMIN_PASSWORD")
                print("\n".join(make_admin(options.username, password)))
            case "role":
                print(set_role(options.username, options.role))
            case "reset-link":
                print(new_reset_link(options.username))
            case "second-factor-off":
                print(turn_second_factor_off(options.username))
            case "rotate-secret":
                print(rotate_secret())
            case command:
                print(set_disabled(options.username, command == "disable"))
    except (StockwardenError, ClientError, BotoCoreError) as error:
        print(f"tools.admin: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
