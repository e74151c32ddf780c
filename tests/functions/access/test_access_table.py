from tests.functions.access.access_table import TARGET, render, rows
from tests.support.openapi import DOCUMENT


def test_the_document_says_what_the_tests_try():
    assert TARGET.read_text(encoding="utf-8") == render(), "write it anew: make access"


def test_every_route_is_in_the_document():
    documented = {
        f"{method.upper()} {path}"
        for path, methods in DOCUMENT["paths"].items()
        for method in methods
    }
    listed = {cells[0].strip("`").partition("?")[0] for cells in rows()}
    assert documented <= {" ".join(text.split(" ")[:2]) for text in listed}
