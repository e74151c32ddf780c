"""Verification finds every kind of tampering, and names it with the first number that is wrong."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockwarden.audit.chain import GENESIS, Head, sealed
from stockwarden.audit.chain_walk import FaultKind
from stockwarden.audit.heads import ChainState
from stockwarden.identity.users import UserRepository
from stockwarden.storage import clients
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.keys.users import profile
from stockwarden.storage.signatures import SigningKey
from stockwarden.storage.tables import Table, write
from tests.support.audit import Audit, make_key
from tests.support.aws import ENVIRONMENT, cloud, renew

# Entries of the chain that is tampered with; heads are signed after each third one.
LENGTH = 9


@pytest.fixture
def audit(aws):
    return prepared()


def prepared():
    audit = Audit.in_moto()
    for _ in range(LENGTH // 3):
        audit.seal(3)
    # Long ago, so that nothing is taken for an index that is behind.
    audit.clock.now += timedelta(hours=1)
    return audit


def put(audit, *items):
    audit.table.put_all(items)


def delete(audit, *items):
    audit.table.delete_all(map(audit.key_of, items))


def set_head(audit, last, **more):
    """The head as whoever changes the table would have it."""
    stored = audit.heads.find_state("company").stored
    put(audit, {**stored, "sealed": last["seq"], "hash": last["hash"], **more})


def recompute(audit, items, first=1, previous=GENESIS):
    """Seals the items anew from number `first` on, with the head to match."""
    links = []
    for seq, item in enumerate(items, first):
        links.append(sealed(item, seq, links[-1]["hash"] if links else previous))
    put(audit, *links)
    set_head(audit, links[-1])
    return links


def change_a_field(audit, chain):
    put(audit, {**chain[4], "actor": "usr_2"})


def change_a_byte_of_a_value(audit, chain):
    put(audit, {**chain[4], "changes": {"reorder_point": ["0", "6"]}})


def change_the_last_entry(audit, chain):
    put(audit, {**chain[8], "source": "schedule"})


def change_the_time(audit, chain):
    moved = keys.entry("company", "2026-03-02T05:00:00.000Z", "entry_0")
    delete(audit, chain[4])
    put(audit, {**chain[4], **moved, "listed": keys.listed(moved)})


def add_a_field(audit, chain):
    put(audit, {**chain[0], "note": "approved"})


def remove_a_field(audit, chain):
    put(audit, {name: value for name, value in chain[0].items() if name != "source"})


def hide_from_lists(audit, chain):
    put(audit, {**chain[4], "listed": "2020-01-01T00:00:00.000Z#entry_0"})


def change_and_rehash_one(audit, chain):
    changed = {**chain[4], "actor": "usr_2"}
    put(audit, sealed(changed, 5, chain[3]["hash"]))


def rehash_one_on_another_past(audit, chain):
    put(audit, sealed(chain[4], 5, "f" * 64))


def change_and_rehash_the_last(audit, chain):
    put(audit, sealed({**chain[8], "actor": "usr_2"}, 9, chain[7]["hash"]))


def remove_one(audit, chain):
    delete(audit, chain[4])


def remove_the_first(audit, chain):
    delete(audit, chain[0])


def unseal_one(audit, chain):
    bare = {name: value for name, value in chain[4].items() if name not in {"seq", "listed"}}
    put(audit, bare)


def swap_numbers(audit, chain):
    put(audit, {**chain[2], "seq": 7}, {**chain[6], "seq": 3})


def swap_links(audit, chain):
    link = ("seq", "previous_hash", "hash")
    third = {name: chain[2][name] for name in link}
    seventh = {name: chain[6][name] for name in link}
    put(audit, {**chain[2], **seventh}, {**chain[6], **third})


def cut_the_tail(audit, chain):
    delete(audit, *chain[7:])


def cut_the_tail_and_set_the_head_back(audit, chain):
    delete(audit, *chain[7:])
    set_head(audit, chain[6])


def cut_at_a_signed_head(audit, chain):
    delete(audit, *chain[6:])
    set_head(audit, chain[5], signed=6)


def remove_everything(audit, chain):
    delete(audit, *chain, keys.head("company"))


def set_the_head_back(audit, chain):
    set_head(audit, chain[7], signed=6)


def change_the_hash_of_the_head(audit, chain):
    set_head(audit, {"seq": 9, "hash": "f" * 64})


def recompute_all(audit, chain):
    recompute(audit, [{**chain[0], "actor": "usr_2"}, *chain[1:]])


def recompute_from_the_middle(audit, chain):
    changed = [{**chain[4], "actor": "usr_2"}, *chain[5:]]
    recompute(audit, changed, first=5, previous=chain[3]["hash"])


def recompute_without_one(audit, chain):
    delete(audit, chain[4])
    recompute(audit, [*chain[:4], *chain[5:]])


def recompute_and_have_it_signed(audit, chain):
    """By waiting for the sealer to go on from a head that is not the one it signed."""
    recompute_from_the_middle(audit, chain)
    audit.seal(1)
    audit.clock.now += timedelta(hours=1)


def give_two_entries_one_number(audit, chain):
    copy = {**chain[4], **keys.entry("company", "2026-03-02T06:00:05.500Z", "entry_0")}
    put(audit, copy)


def add_an_entry_in_the_past(audit, chain):
    audit.sealer.sweep("company")
    bare = audit.record(1)[0]
    delete(audit, bare)
    put(audit, {**bare, **keys.entry("company", "2026-03-02T06:00:02.500Z", "entry_0")})


def forget_a_signed_head(audit, chain):
    audit.bucket.delete_prefix("heads/company/000000000009.json")


def sign_with_another_key(audit, chain):
    foreign = Audit(audit.table, audit.bucket, SigningKey(clients.kms(), make_key()))
    audit.bucket.delete_prefix("heads/company/000000000006.json")
    last = chain[5]
    foreign.signed_heads.publish(Head("company", 6, last["hash"], "2026-03-02T06:00:30.000Z"))


def put_a_head_of_another_scope(audit, chain):
    audit.seal(3, "security")
    audit.clock.now += timedelta(hours=1)
    body = audit.bucket.read("heads/security/000000000003.json", max_bytes=9999)
    audit.bucket.put("heads/company/000000000003.json", body, "application/json")


def put_nonsense_into_the_bucket(audit, chain):
    audit.bucket.put("heads/company/000000000003.json", b"{}", "application/json")


def put_a_foreign_object_into_the_bucket(audit, chain):
    audit.bucket.put("heads/company/readme.txt", b"{}", "text/plain")


TAMPERINGS = [
    (change_a_field, "CHANGED", 5),
    (change_a_byte_of_a_value, "CHANGED", 5),
    (change_the_last_entry, "CHANGED", 9),
    (change_the_time, "CHANGED", 5),
    (add_a_field, "CHANGED", 1),
    (remove_a_field, "CHANGED", 1),
    (hide_from_lists, "CHANGED", 5),
    (change_and_rehash_one, "CHANGED", 5),
    (rehash_one_on_another_past, "CHANGED", 5),
    (change_and_rehash_the_last, "RECOMPUTED", 7),
    (remove_one, "REMOVED", 5),
    (remove_the_first, "REMOVED", 1),
    (unseal_one, "REMOVED", 5),
    (swap_numbers, "SWAPPED", 3),
    (swap_links, "SWAPPED", 3),
    (cut_the_tail, "CUT_TAIL", 8),
    (cut_the_tail_and_set_the_head_back, "CUT_TAIL", 8),
    (cut_at_a_signed_head, "CUT_TAIL", 7),
    (remove_everything, "CUT_TAIL", 1),
    (set_the_head_back, "HEAD", 9),
    (change_the_hash_of_the_head, "CHANGED", 9),
    (recompute_all, "RECOMPUTED", 1),
    (recompute_from_the_middle, "RECOMPUTED", 4),
    (recompute_without_one, "RECOMPUTED", 4),
    (recompute_and_have_it_signed, "RECOMPUTED", 4),
    (give_two_entries_one_number, "ADDED", 5),
    (add_an_entry_in_the_past, "ADDED", None),
    (forget_a_signed_head, "SIGNED_HEAD", 9),
    (sign_with_another_key, "SIGNED_HEAD", 6),
    (put_a_head_of_another_scope, "SIGNED_HEAD", 3),
    (put_nonsense_into_the_bucket, "SIGNED_HEAD", 3),
    (put_a_foreign_object_into_the_bucket, "SIGNED_HEAD", -1),
]


@pytest.mark.parametrize(
    ("tamper", "kind", "seq"), TAMPERINGS, ids=[tamper.__name__ for tamper, _, _ in TAMPERINGS]
)
def test_tampering_is_found_and_named(audit, tamper, kind, seq):
    assert audit.fault() is None
    tamper(audit, audit.chain())
    assert audit.fault() == (kind, seq)


def test_every_kind_of_fault_has_a_case():
    assert {kind for _, kind, _ in TAMPERINGS} == set(FaultKind.__members__)


def test_one_scope_that_was_tampered_with_leaves_the_others_intact(audit):
    audit.seal(2, "security")
    change_a_field(audit, audit.chain())
    reports = audit.verify()
    assert reports["company"].fault
    assert (reports["security"].verified, reports["security"].fault) == (2, None)


def test_a_fault_says_how_far_all_is_well(audit):
    change_a_field(audit, audit.chain())
    report = audit.verify()["company"]
    assert (report.verified, report.signed) == (4, 3)
    assert report.fault.detail == "it is not what was sealed"


def test_entries_not_sealed_yet_are_reported_and_no_fault(audit):
    audit.record(2)
    oldest = audit.record(1, "warehouse:wh_1")[0]
    reports = audit.verify()
    assert reports["company"].unsealed.count == 2
    unknown = reports["warehouse:wh_1"]
    assert (unknown.verified, unknown.fault) == (0, None)
    assert (unknown.unsealed.count, unknown.unsealed.oldest) == (1, keys.parse_entry(oldest).at)


def test_one_scope_alone_without_a_scan(audit, monkeypatch):
    audit.sealer.sweep("company")
    audit.seal(2, "security")
    audit.record(2)
    monkeypatch.setattr(clients.dynamodb(), "get_paginator", None)
    report = audit.verification.verify_scope("company")
    assert (report.verified, report.fault, report.unsealed.count) == (LENGTH, None, 2)
    remove_one(audit, audit.chain())
    fault = audit.verification.verify_scope("company").fault
    assert (fault.kind, fault.seq) == (FaultKind.REMOVED, 5)
    assert audit.verification.verify_scope("warehouse:wh_9").verified == 0


def test_an_index_that_is_behind_is_waited_for(audit, monkeypatch):
    """The last entries were sealed just now, and the index does not have them yet."""
    audit.seal(3)
    query = clients.dynamodb().query

    def behind(**request):
        answer = query(**request)
        if request.get("IndexName") == "by_seq" and len(audit.pauses) < 2:
            answer["Items"] = [item for item in answer["Items"] if int(item["seq"]["N"]) < 11]
        return answer

    monkeypatch.setattr(clients.dynamodb(), "query", behind)
    report = audit.verify()["company"]
    assert (report.fault, report.verified, report.signed) == (None, 12, 12)
    assert len(audit.pauses) == 2


def test_a_tail_that_was_cut_just_now_is_a_fault_all_the_same(audit):
    audit.seal(3)
    delete(audit, audit.chain()[-1])
    assert audit.fault() == ("CUT_TAIL", 12)
    assert len(audit.pauses) == 3


def test_heads_that_are_not_signed_yet_are_no_fault(audit):
    images = audit.record(1)
    state = audit.heads.find_state("company")
    link = sealed(images[0], 10, state.head.hash)
    unsigned = ChainState(Head("company", 10, link["hash"], ""), state.signed, "", state.stored)
    write(audit.heads.put(unsigned), audit.table.put(link))
    report = audit.verify()["company"]
    assert (report.verified, report.signed, report.fault) == (10, 9, None)
    audit.sealer.sweep("company")
    assert audit.verify()["company"].signed == 10


def test_it_reads_each_entry_and_head_once(audit, monkeypatch):
    audit.seal(250)
    audit.clock.now += timedelta(hours=1)
    reads = []
    for client in (clients.dynamodb(), clients.s3()):
        for name in ("query", "batch_get_item", "get_item", "get_object", "list_objects_v2"):
            call = getattr(client, name, None)
            if call:
                monkeypatch.setattr(
                    client, name, lambda _c=call, _n=name, **r: (reads.append(_n), _c(**r))[1]
                )
    assert audit.fault() is None
    assert reads.count("batch_get_item") == 3
    assert reads.count("get_object") == 4
    assert reads.count("get_item") == 1


@pytest.fixture(scope="module")
def _shared():
    with cloud():
        yield


ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.mark.usefixtures("_shared")
@given(data=st.data())
@settings(max_examples=40)
def test_any_change_of_any_stored_entry_is_found(data):
    renew()
    audit = prepared()
    chain = audit.chain()
    item = data.draw(st.sampled_from(chain))
    name = data.draw(st.sampled_from(sorted({*item, "note"} - {"pk", "sk"})))
    match data.draw(st.sampled_from(["remove the entry", "remove a field", "set a field"])):
        case "remove the entry":
            delete(audit, item)
        case "remove a field" if name in item:
            put(audit, {key: value for key, value in item.items() if key != name})
        case _:
            value = data.draw(st.integers(1, 20) if name == "seq" else ANY_TEXT.filter(bool))
            if value == item.get(name):
                return
            put(audit, {**item, name: value})
    kind, seq = audit.fault()
    assert kind in FaultKind.__members__
    assert seq <= item["seq"]


def test_erasing_a_person_breaks_no_chain(audit):
    """The account, and with it the name, goes; the log has only the id."""
    users = Table(clients.dynamodb(), ENVIRONMENT["USERS_TABLE"])
    UserRepository(users).add("Ana Kovač", "hash")
    audit.seal(1, object="user/usr_1", fields={"role": ("user", "admin")})
    before = audit.entries()
    users.delete_all([profile("ana kovač")])
    assert UserRepository(users).find("ana kovač") is None
    assert audit.entries() == before
    assert audit.fault() is None
    assert "kovač" not in str(before).lower()
