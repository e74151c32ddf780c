"""Reads a layout from spreadsheet cells: columns matched by name, in English or Spanish."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from stockwarden.core.errors import FieldError, Invalid, UnreadableFile
from stockwarden.warehouse.layout.layout import Layout

_HEADER_WITHIN = 30
_LONGEST_TITLE = 80
_REQUIRED = ("location_pattern", "location_type")
# In the order of preference, where a file has several of them.
_NAMES = {
    "location_pattern": (
        "location_pattern", "pattern", "patron_de_ubicacion", "patron_ubicacion", "patron",
        "location_code", "location", "locations", "codigo_de_ubicacion", "ubicacion",
        "ubicaciones", "posicion", "bin",
    ),
    "location_type": (
        "location_type", "loc_type", "type", "tipo_de_ubicacion", "tipo_ubicacion", "tipo",
    ),
    "capacity": (
        "capacity", "max_capacity", "capacity_pallets", "max_pallets", "capacidad",
        "capacidad_maxima", "capacidad_pallets", "max_palets",
    ),
    "allowed_description": (
        "allowed_description", "allowed_descriptions", "allowed_products", "allowed_product",
        "allowed", "descripcion_permitida", "productos_permitidos", "producto_permitido",
        "permitido", "description", "descripcion", "product", "producto",
    ),
    "zone": ("zone", "temperature_zone", "zona", "zona_de_temperatura", "zona_temperatura"),
    "notes": (
        "notes", "note", "comments", "comment", "remarks", "notas", "nota", "comentarios",
        "observaciones",
    ),
}  # fmt: skip
_PATTERN_TITLES = frozenset(name for name in _NAMES["location_pattern"] if "patr" in name) | {
    "location_pattern",
    "pattern",
}
_INVENTORY_TITLE = re.compile(
    r"pallet|palet|tarima|lpn|license_plate|sscc|creation|created|fecha|receipt|recibo|expir"
    r"|quantity|cantidad|_date$|^date"
)


def read_layout(grid: Sequence[Sequence[Any]], first_row: int = 1) -> Layout:
    """The layout in a sheet's cells; `first_row` is the sheet row of `grid[0]`.

    Raises `UnreadableFile` (`not_a_layout`, `no_rows`) for another kind of file, and `Invalid` for
    cells that cannot be used: pointers count layout rows, the details name the rows of the sheet.
    """
    header_index, columns = _header(grid)
    rows: list[dict[str, Any]] = []
    sheet_rows: list[int] = []
    for offset, cells in enumerate(grid[header_index + 1 :], start=header_index + 1):
        row = {
            name: value
            for name, column in columns.items()
            if (value := _value(name, cells[column] if column < len(cells) else None)) is not None
        }
        if row.keys() - {"notes"}:
            rows.append(row)
            sheet_rows.append(first_row + offset)
    if not rows:
        raise UnreadableFile("no_rows", "The layout file has a header but no rows below it.")
    try:
        return Layout.from_rows(rows)
    except Invalid as error:
        errors = [_located(field_error, rows, sheet_rows) for field_error in error.errors]
        raise Invalid(f"The layout file cannot be used. {errors[0].detail}", errors) from None


def _header(grid: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for index, cells in enumerate(grid[:_HEADER_WITHIN]):
        columns = _columns(cells)
        if len(columns) > len(best[1]):
            best = (index, columns)
    index, columns = best
    titles = [_title(cell) for cell in grid[index] if cell is not None] if grid else []
    foreign = [title for title in titles if _INVENTORY_TITLE.search(_plain(title))]
    pattern_titles = {_plain(title) for title in titles} & _PATTERN_TITLES
    known = set().union(*_NAMES.values())
    foreign = [title for title in foreign if _plain(title) not in known]
    if foreign and not pattern_titles:
        raise UnreadableFile(
            "not_a_layout",
            f"This looks like an inventory (columns {', '.join(foreign[:4])}), not like a layout. "
            f"A layout has the columns {' and '.join(_REQUIRED)}.",
        )
    missing = [name for name in _REQUIRED if name not in columns]
    if missing:
        titles_shown = ", ".join(titles[:8]) if columns else "no header with such names"
        raise UnreadableFile(
            "not_a_layout",
            f"A layout has the columns {' and '.join(_REQUIRED)}. This file has {titles_shown}; "
            f"{' and '.join(missing)} is missing.",
        )
    return index, columns


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    titles = [_plain(_title(cell)) if isinstance(cell, str) else "" for cell in cells]
    columns: dict[str, int] = {}
    for name, spellings in _NAMES.items():
        title = next((spelling for spelling in spellings if spelling in titles), None)
        if title is not None:
            columns[name] = titles.index(title)
    return columns


def _title(cell: Any) -> str:
    """The text of a header cell, cut to the longest possible title."""
    return str(cell)[:_LONGEST_TITLE].strip()


def _plain(title: str) -> str:
    """`Capacidad máxima` as `capacidad_maxima`."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _value(name: str, cell: Any) -> Any:
    """A cell's text (also of a number such as 101); capacities as they are."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, str):
        return cell.strip()
    if name == "capacity":
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _located(
    error: FieldError, rows: Sequence[dict[str, Any]], sheet_rows: Sequence[int]
) -> FieldError:
    parts = error.pointer.split("/")
    if len(parts) < 3:
        return error
    index = int(parts[2])
    pattern = rows[index].get("location_pattern")
    location = f"Row {sheet_rows[index]}" + (
        f" ({str(pattern)[:_LONGEST_TITLE]})" if pattern else ""
    )
    return FieldError(error.pointer, f"{location}: {error.detail}")
