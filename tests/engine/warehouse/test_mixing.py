"""Notes of a layout that say that a location holds one item or lot."""

import pytest

from stockwarden.warehouse.layout.mixing import single_in

NOTES = [
    ("item", ["Single item", "single-SKU bins", "one product only", "no mixed items", "mono-SKU"]),
    ("item", ["un solo producto", "Monoreferencia", "artikelrein", "single_item"]),
    ("item", ["No mixing of SKUs"]),
    ("lot", ["single lot", "one batch per bin", "un solo lote", "chargenrein", "monolote"]),
    (None, [None, "", "Mixed items allowed", "one pallet", "slot for items", "single deep"]),
]
CASES = [(text, kind) for kind, texts in NOTES for text in texts]


@pytest.mark.parametrize(("notes", "single"), CASES)
def test_notes_say_what_a_location_holds_one_of(notes, single):
    assert single_in(notes) == single
