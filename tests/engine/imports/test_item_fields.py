"""The columns of files of items, as people and programs call them."""

import pytest

from stockwarden.imports.fields import FIELDS, LABELS
from stockwarden.imports.item_fields import ITEMS, SYNONYMS
from stockwarden.imports.languages import LANGUAGES
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.mapping.names import name_scores

ROWS = [
    ["A-1", "Flour", "Food > Dry", "Acme", "12,5", "kg", "A-01", "L1", "31/12/2026", "1,25", "EUR"],
    ["A-2", "Oil", "Food > Wet", "Bolt", "3", "l", "A-02", "L2", "30/12/2026", "2,5", "EUR"],
]
KINDS = (
    "sku", "name", "category", "supplier", "quantity", "unit", "location", "lot", "expiry_date",
    "unit_cost", "currency",
)  # fmt: skip
HEADERS = {
    "our own": KINDS,
    "English": (
        "Item Code", "Product name", "Product Category", "Vendor", "On hand", "UOM",
        "Storage location", "Batch No.", "Best before", "Cost price", "Currency code",
    ),
    "Spanish": (
        "Código", "Nombre", "Categoría", "Proveedor", "Cantidad", "Unidad", "Ubicación", "Lote",
        "Fecha de caducidad", "Coste unitario", "Moneda",
    ),
    "German": (
        "Artikelnummer", "Bezeichnung", "Warengruppe", "Lieferant", "Bestand", "Einheit",
        "Lagerplatz", "Charge", "MHD", "EK-Preis", "Währung",
    ),
    "French": (
        "Code article", "Désignation", "Famille", "Fournisseur", "Quantité", "Unité",
        "Emplacement", "N° lot", "DLC", "Prix d'achat", "Devise",
    ),
    "Italian": (
        "Codice articolo", "Denominazione", "Famiglia", "Fornitore", "Giacenza", "U.M.",
        "Ubicazione", "Lotto", "Scadenza", "Costo unitario", "Valuta",
    ),
}  # fmt: skip


def inspect(header, rows=ROWS):
    lines = [";".join(header), *(";".join(row) for row in rows)]
    workbook = open_workbook("\n".join(lines).encode(), "items.csv")
    return inspect_workbook(workbook, schema=ITEMS)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_columns_are_found_by_their_names(header):
    found = inspect(header)
    assert [column.suggestion for column in found.columns] == list(KINDS)


@pytest.mark.parametrize("language", ["our own", "English", "Spanish"])
def test_nothing_is_asked_about_names_of_our_languages(language):
    found = inspect(HEADERS[language])
    assert found.questions == ()
    assert list(found.mapping.values()) == list(KINDS)


def test_every_field_has_names_and_a_label():
    assert set(SYNONYMS) == set(LABELS) == set(FIELDS)
    for names in LANGUAGES.values():
        assert set(names) <= set(FIELDS)
    for field in FIELDS:
        assert name_scores(field, ITEMS)[field] == 1


def test_a_name_means_one_field():
    names = [name for synonyms in SYNONYMS.values() for name in synonyms]
    twice = {name for name in names if names.count(name) > 1}
    assert twice == set()


def test_names_of_inventories_mean_nothing_here():
    assert "pallet_id" not in name_scores("Pallet", ITEMS)
    assert not name_scores("Pallet", ITEMS)


def test_every_row_is_taken_as_it_stands():
    """Where an inventory has totals, groups and notes, a list of items has rows."""
    rows = [
        ["Total", "", "", "", "15,5", *[""] * 6],
        ["# 7", "Hash", *[""] * 9],
        ["Note: read this", *[""] * 10],
        [""] * 11,
        ["A-3", *[""] * 10],
    ]
    found = inspect(HEADERS["Spanish"], [*ROWS, *rows])
    assert found.rows.positions.tolist() == [1, 2, 3, 4, 5, 7]
    assert {reason: len(rows) for reason, rows in found.rows.skipped.items()} == {"blank": 1}


def test_titles_above_the_header_are_passed_over():
    lines = ["Items of June;;;", ";;;", "Ref.;Product;Colour;On hand", "A-1;Flour;red;1"]
    workbook = open_workbook("\n".join(lines).encode(), "items.csv")
    found = inspect_workbook(workbook, schema=ITEMS)
    assert found.header_row == 3
    assert found.mapping == {"Ref.": "sku", "Product": "name", "On hand": "quantity"}
