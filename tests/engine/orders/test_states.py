"""The states of orders are those that are drawn."""

import pytest

from stockwarden.core.errors import OrderConflict
from stockwarden.orders.states import (
    Act,
    OrderStatus,
    OrderType,
    possible,
    require_possible,
    statuses_of,
)

PURCHASE = {
    "draft": {"place", "cancel"},
    "placed": {"receive", "cancel"},
    "partially_received": {"receive", "return", "cancel"},
    "completed": {"return"},
    "cancelled": set(),
}
SALES = {
    name.replace("received", "shipped"): {act.replace("receive", "ship") for act in acts}
    for name, acts in PURCHASE.items()
}


@pytest.mark.parametrize(("kind", "drawn"), [("purchase", PURCHASE), ("sales", SALES)])
def test_what_is_possible_is_what_is_drawn(kind, drawn):
    kind = OrderType(kind)
    assert {status.value for status in statuses_of(kind)} == set(drawn)
    for status, acts in drawn.items():
        assert {act.value for act in possible(kind, OrderStatus(status))} == acts
        for act in Act:
            if act.value in acts:
                require_possible("PO-1", kind, OrderStatus(status), act)
                continue
            with pytest.raises(OrderConflict) as refused:
                require_possible("PO-1", kind, OrderStatus(status), act)
            assert refused.value.order["possible"] == [
                each.value for each in possible(kind, OrderStatus(status))
            ]


@pytest.mark.parametrize(
    ("status", "act", "sentence"),
    [
        ("draft", "receive", "draft: it cannot be received. It can be placed or cancelled."),
        ("completed", "receive", "completed: it cannot be received. It can be returned."),
        ("cancelled", "place", "cancelled: it cannot be placed. Nothing more can be done with it."),
    ],
)
def test_a_refusal_says_what_can_be_done(status, act, sentence):
    with pytest.raises(OrderConflict) as refused:
        require_possible("PO-1", OrderType.PURCHASE, OrderStatus(status), Act(act))
    assert refused.value.detail == f"PO-1 is a purchase order, and {sentence}"
