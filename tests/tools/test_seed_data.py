"""The plausible company: repeatable, complete, and with audit chains that hold."""

import json
import re
from collections import Counter
from datetime import date, datetime

import boto3
import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.catalog import item_service
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller, Role
from stockwarden.stock.history import History
from stockwarden.stock.item_model import ItemPatch
from tests.support.audit_entries import all_entries
from tests.support.aws import forget
from tests.support.faults import state
from tools import seed_data
from tools.seed_plan import plan
from tools.stockroom.catalog import items
from tools.stockroom.history import History as MovementHistory

UNTIL = date(2026, 11, 2)


@pytest.fixture
def stack(aws, monkeypatch):
    outputs = {
        f"{name.title()}TableName": aws[f"{name}_TABLE"]
        for name in ("USERS", "REPORTS", "AUDIT", "OPERATIONS", "CATALOG", "STOCK")
    }
    template = {
        "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {name: {"Value": value} for name, value in outputs.items()},
    }
    boto3.client("cloudformation").create_stack(
        StackName="company", TemplateBody=json.dumps(template)
    )
    monkeypatch.setenv("SEED_PASSWORD", "eleven blue pallets")
    forget()


def seed(**more):
    arguments = {"stack": "company", "seed": 7, "days": 30, "items": 3, "until": UNTIL, **more}
    return seed_data.main(
        [part for name in arguments for part in (f"--{name}", str(arguments[name]))]
    )


def test_the_same_seed_gives_the_same_plan():
    assert plan(7, UNTIL, 30) == plan(7, UNTIL, 30)
    assert plan(7, UNTIL, 30) != plan(8, UNTIL, 30)


def test_a_plan_is_in_order():
    company = plan(7, UNTIL, 60)
    ids = [entry.id for entry in company.entries] + [run.run.run_id for run in company.runs]
    assert len(set(ids)) == len(ids)
    joined = {person.user_id: person.joined for person in company.people}
    for entry in company.entries:
        assert entry.moment.date() < UNTIL
        assert entry.actor not in joined or entry.moment >= joined[entry.actor]
    last = {person.user_id: person.left for person in company.people if person.left}
    for entry in company.entries:
        assert entry.actor not in last or entry.moment < last[entry.actor]
    kinds = Counter(run.run.kind for run in company.runs)
    assert kinds["analysis"] > kinds["removal"] > 20 and kinds["export"] > 10
    actions = {entry.change.action for entry in company.entries}
    assert {"account.created", "session.started", "sign_in.failed", "report.created"} <= actions


def test_a_company_is_stored_once(stack, capsys):
    assert seed() == 0
    stored = state()
    company = plan(7, UNTIL, 30)
    told = capsys.readouterr().out
    assert f"Added {len(company.people)} people, 2 warehouses, " in told
    assert f"{len(company.entries):,} audit entries, {len(company.runs):,} runs, " in told
    assert " 3 items, " in told and " 0 movements" not in told
    assert all_entries().keys() >= {entry.id for entry in company.entries}
    assert seed() == 0
    assert re.fullmatch(r"Added (0 [a-z ]+(, |\.\n))+", capsys.readouterr().out)
    assert state() == stored
    users = repositories.user_repository()
    ana = users.find("lucia.ferrer")
    assert (ana.role, ana.display_name, ana.language) == (Role.OPERATOR, "Lucía Ferrer", "es")
    assert passwords.verify(ana.password_hash, "eleven blue pallets")
    assert users.find("joris.meijer").disabled
    (membership,) = repositories.member_repository().list_memberships("lucia.ferrer")
    assert membership.role.label == "manager"


def test_what_was_interrupted_is_completed(stack, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(seed_data, "_add_run", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seed()
    assert seed() == 0
    table = stores.operations_table()
    stored = table.client.scan(TableName=table.name, Select="COUNT")["Count"]
    assert stored == len(plan(7, UNTIL, 30).runs)


def test_nobody_s_account_is_taken_over(stack, capsys):
    repositories.user_repository().add("daan.bakker", "no password")
    assert seed() == 1
    assert "daan.bakker that is not of this seed" in capsys.readouterr().err


def test_stock_is_moved_by_those_who_work_there(stack):
    assert seed() == 0
    company = plan(7, UNTIL, 30)
    at_work = {person.user_id: person for person in company.people}
    history = History(stores.stock_table())
    for item in items(3):
        movements = list(history.all_movements(item.id))
        assert movements[0].effective_at < "2025-11-03"
        for movement in movements:
            person = at_work[movement.by]
            assert person.role.includes(Role.OPERATOR)
            assert person.works_at(datetime.fromisoformat(movement.recorded_at))


def test_an_item_that_somebody_has_archived_is_told(stack, monkeypatch, capsys):
    with monkeypatch.context() as patch:
        patch.setattr(MovementHistory, "_post", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seed(items=2)
    keeper = Caller("ana", "usr_ana", Role.ADMIN, "")
    item_service().patch(keeper, items(2)[1].id, ItemPatch(status="archived"), None)
    assert seed(items=2) == 0
    assert "1 item was left alone" in capsys.readouterr().out


@pytest.mark.parametrize("more", [{"days": 19}, {"days": 366}, {"items": 0}, {"items": 2001}])
def test_what_no_company_has(stack, more):
    with pytest.raises(SystemExit):
        seed(**more)
