"""Imports as the API shows them."""

from collections.abc import Mapping
from typing import Any

from stockwarden.core.errors import NotFound
from stockwarden.imports.files import ImportFiles
from stockwarden.imports.model import ImportFile, ItemImport, ItemImportSummary
from stockwarden.reports.file_model import ReportPreview
from stockwarden.storage.attributes import Item

_FIELDS = tuple(ItemImportSummary.model_fields)


def summary(item: Item, names: Mapping[str, str]) -> ItemImportSummary:
    """`names` are those of senders, by their ids."""
    return ItemImportSummary(**_facts(item, names))


def details(item: Item, names: Mapping[str, str], files: ImportFiles) -> ItemImport:
    """With what is kept in files; without it, where these have expired."""
    facts = _facts(item, names)
    try:
        facts |= _file_facts(item, files)
    except NotFound as gone:
        facts["warnings"] = [gone.detail]
    return ItemImport(**facts)


def preview_of(item: Item, files: ImportFiles) -> ReportPreview | None:
    """The columns and questions that a person answers; None before the file has been read."""
    if "view" not in item:
        return None
    return ReportPreview.model_validate(files.view(item["view"]))


def _facts(item: Item, names: Mapping[str, str]) -> dict[str, Any]:
    facts = {name: item[name] for name in _FIELDS if name in item}
    return {**facts, "created_by": names.get(item["sender"])}


def _file_facts(item: Item, files: ImportFiles) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if "view" in item:
        view = files.view(item["view"])
        facts["warnings"] = view["warnings"]
        facts["file"] = ImportFile.model_validate(
            {name: view[name] for name in ImportFile.model_fields}
        )
    stem = item["filename"].rpartition(".")[0]
    for kept, name in (("faults", "errors"), ("skipped", "skipped")):
        if kept in item:
            prefix = item[kept]
            facts[name] = files.faults(prefix) if kept == "faults" else files.skipped(prefix)
            facts[f"{name}_url"] = files.link(prefix, kept, f"{stem} {name}.csv")
    return facts
