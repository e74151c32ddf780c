"""What the cells of an imported file are read as: guarded texts, totals, dates with an offset."""

import pytest

from stockwarden.imports import references
from tests.functions.catalog.importing import _member, imported, table
from tests.functions.catalog.test_catalog_exports import exported
from tests.functions.catalog.test_imports import find

__all__ = ["_member", "exported", "find"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_guard_against_formulas_comes_off_again(create, exported, form):
    create("/suppliers", name="@Home")
    create("/categories", name="-18 °C")
    texts = [("=Oil", "- in bottles\nof glass"), ("'Salt", "'fine'"), ("+Tea", None), ("Nut", "-")]
    supplier = create("/suppliers", name="-Acme")["id"]
    for number, (name, description) in enumerate(texts):
        fields = {"description": description} if description else {}
        create("/items", name=name, sku=f"@A-{number}", supplier=supplier, **fields)
    _, body = exported("items", form)
    done = imported(body, f"items.{form}")
    assert (done["status"], done["errors"]) == ("done", [])
    assert done["result"]["unchanged"] == len(texts)


@pytest.mark.parametrize("word", ["Total", "TOTAL:", "Summe", "Gesamtsumme", "Suma:", "Razem"])
def test_a_total_is_no_new_item(ask, word):
    body = table(("A-1", "Flour", 3), ("A-2", "Oil", 2), (None, word, 5), header=HEADER)
    done = imported(body)
    assert [(each["row"], each["column"], each["value"]) for each in done["errors"]] == [
        (4, "Name", word)
    ]
    assert "total" in done["errors"][0]["detail"]
    assert ask("GET", "/items").json["items"] == []
    # By its own SKU it is what it says.
    assert imported(table(("A-3", word, 5), header=HEADER))["result"]["created"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-31T00:00:00+02:00",
        "2027-01-31 00:30:00.000 +0530",
        "2027-01-31T23:00:00-05:00",
        "2027-01-31T00:00:00Z",
        "2027-01-31T22:00:00",
        "2027-01-31",
    ],
)
def test_an_expiry_date_is_the_day_that_is_written(ask, find, text):
    done = imported(f"SKU,Name,Quantity,Lot,Expiry\nA1,Flour,3,L1,{text}\n".encode(), "a.csv")
    assert done["status"] == "done", done["reason"]
    lot = ask("GET", f"/items/{find('A1')['id']}/lots/L1").json
    assert lot["expiry_date"] == "2027-01-31"


def test_unknown_names_are_compared_a_bounded_number_of_times(create, monkeypatch):
    create("/suppliers", name="Acme")
    compared = []
    compare = references.process.extractOne

    def counted(*args, **options):
        compared.append(args[0])
        return compare(*args, **options)

    monkeypatch.setattr(references.process, "extractOne", counted)
    rows = [(f"A-{n}", f"Name {n}", "Acmee" if n % 2 else f"Acme no. {n}") for n in range(600)]
    done = imported(table(*rows, header=("SKU", "Name", "Supplier")), dry_run="true")
    assert done["error_total"] == len(rows)
    assert len(compared) == len(set(compared)) == 200
    assert "the nearest is “Acme”" in done["errors"][1]["detail"]
    assert "the nearest is “Acme”" in done["errors"][599]["detail"]


HEADER = ("SKU", "Name", "Quantity")
