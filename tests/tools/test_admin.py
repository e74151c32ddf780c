import json
import re
import time
from datetime import UTC, datetime

import boto3
import pytest

from stockwarden.bootstrap import repositories, stores, tokens
from stockwarden.bootstrap.auth import password_service
from stockwarden.identity import passwords, totp
from stockwarden.identity.access import Role
from stockwarden.identity.second_factors import SecondFactorRepository
from tests.support.audit_entries import entries_of
from tests.support.aws import forget
from tools import admin

BEFORE = "k" * 64


@pytest.fixture
def stack(aws):
    outputs = {
        "UsersTableName": aws["USERS_TABLE"],
        "AuditTableName": aws["AUDIT_TABLE"],
        "TokenSecretId": aws["TOKEN_SECRET_ID"],
        "AppUrl": "https://stock.example",
    }
    template = {
        "Parameters": {"AccessTokenMinutes": {"Type": "Number", "Default": 30}},
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(
        StackName="stockwarden", TemplateBody=json.dumps(template)
    )
    repositories.user_repository().add("Ana", passwords.hash_password("a long passphrase"))
    forget()


def test_a_role_is_given_and_taken(stack, capsys):
    repositories.user_repository().add("root.admin", "hash", role=Role.ADMIN)
    assert admin.main(["role", "ana", "admin"]) == 0
    assert repositories.user_repository().find("ana").role == Role.ADMIN
    assert admin.main(["role", "ANA", "member"]) == 0
    assert repositories.user_repository().find("ana").role == Role.MEMBER
    assert "Ana is admin now." in capsys.readouterr().out


def test_the_first_admin_gets_an_account_and_a_password_told_once(stack, capsys, monkeypatch):
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    assert admin.main(["admin", "Root.Ops"]) == 0
    told = capsys.readouterr().out
    password = re.search("The password is (\\S+) ", told)[1]
    user = repositories.user_repository().find("root.ops")
    assert (user.name, user.role) == ("Root.Ops", Role.ADMIN)
    assert passwords.verify(user.password_hash, password)
    assert admin.main(["admin", "root.ops"]) == 0
    assert "password" not in capsys.readouterr().out


def test_an_account_that_is_there_becomes_admin_and_keeps_its_password(stack, capsys):
    before = repositories.user_repository().find("ana").password_hash
    assert admin.main(["admin", "ana"]) == 0
    user = repositories.user_repository().find("ana")
    assert (user.role, user.password_hash) == (Role.ADMIN, before)


def test_a_bad_name_or_password_of_an_admin(stack, capsys, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "short")
    for username, reason in (("root", "reserved"), ("new.admin", "at least 10 characters")):
        assert admin.main(["admin", username]) == 1
        assert reason in capsys.readouterr().err


def test_an_account_is_disabled_and_enabled(stack):
    assert admin.main(["disable", "ana"]) == 0
    assert repositories.user_repository().find("ana").disabled
    assert admin.main(["enable", "ana"]) == 0
    assert not repositories.user_repository().find("ana").disabled


def test_a_link_sets_a_new_password(stack, capsys):
    assert admin.main(["reset-link", "ANA"]) == 0
    link, _, token = capsys.readouterr().out.strip().partition("?token=")
    assert link == "https://stock.example/reset-password"
    password_service().reset(token, "seven green forklifts")
    stored = repositories.user_repository().find("ana").password_hash
    assert passwords.verify(stored, "seven green forklifts")


def test_a_second_factor_is_turned_off(stack, capsys):
    factors = SecondFactorRepository(stores.users_table())
    secret = factors.begin("ana")
    factors.confirm("ana", totp.code_at(secret, int(time.time()) // totp.STEP_SECONDS))
    assert repositories.user_repository().find("ana").has_second_factor
    assert admin.main(["second-factor-off", "ana"]) == 0
    assert not repositories.user_repository().find("ana").has_second_factor
    assert admin.main(["second-factor-off", "ana"]) == 1
    assert "not on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "scope", "action", "changes"),
    [
        (["admin", "Root.Ops"], "company", "account.created", {"role": [None, "admin"]}),
        (["admin", "ana"], "company", "account.changed", {"role": ["member", "admin"]}),
        (["role", "ana", "viewer"], "company", "account.changed", {"role": ["member", "viewer"]}),
        (["disable", "ana"], "company", "account.changed", {"disabled": [False, True]}),
        (["rotate-secret"], "security", "secret.rotated", {"rotated": [False, True]}),
    ],
)
def test_the_audit_log_has_what_was_done(stack, command, scope, action, changes):
    done, (entry,) = entries_of(lambda: admin.main(command))
    assert done == 0
    assert (entry.scope, entry.action, entry.changes) == (scope, action, changes)
    assert (entry.actor, entry.source) == ("system", "tools.admin")
    user = repositories.user_repository().find(command[1]) if scope == "company" else None
    assert entry.object == (f"user/{user.user_id}" if user else "secret/tokens")


@pytest.mark.parametrize("command", ["disable", "reset-link", "second-factor-off"])
def test_who_is_not_there_is_named_in_one_line(stack, capsys, command):
    assert admin.main([command, "nobody"]) == 1
    assert capsys.readouterr().err == "tools.admin: There is no user nobody.\n"


def test_a_stack_that_is_not_there(aws, capsys):
    assert admin.main(["--stack", "elsewhere", "disable", "ana"]) == 1
    assert "elsewhere" in capsys.readouterr().err


def test_a_rotation_signs_anew_and_keeps_verifying(stack, capsys):
    before = tokens.tokens().issue("ana", "user", "s1")
    assert admin.main(["rotate-secret"]) == 0
    assert BEFORE not in capsys.readouterr().out
    forget()
    secret = json.loads(
        boto3.client("secretsmanager").get_secret_value(SecretId="token-secret")["SecretString"]
    )
    until = datetime.fromisoformat(secret["previous"]["expires_at"])
    assert 44 <= (until - datetime.now(UTC)).total_seconds() / 60 <= 46
    assert secret["previous"]["key"] == BEFORE != secret["current"]["key"]
    after = tokens.tokens().issue("ana", "user", "s2")
    for token in (before, after):
        assert tokens.tokens().verify(token)
    assert admin.main(["rotate-secret"]) == 0
