"""Finds the cells of an xlsx whose number format shows something else than their value.

Only a workbook with such a format in its styles is searched.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.archive import Inflater, check_zip, plain_name
from stockwarden.ingestion.formats.cell_references import column_number
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.markup import Start, local, parse_safely, windows
from stockwarden.ingestion.formats.number_formats import Show, code_format, shows_months

_AT_MOST = 4 << 20
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')


@dataclass
class SheetFormats:
    """`codes` is {column: {row: how its number is shown}}, `months` are the columns with dates
    shown without their day; all 0-based."""

    codes: dict[int, dict[int, Show]] = field(default_factory=dict)
    months: set[int] = field(default_factory=set)


class XlsxFormats:
    """The number formats of one workbook."""

    def __init__(self, data: bytes, limits: SafetyLimits) -> None:
        self._inflater = Inflater(data, limits)
        self._entries = {plain_name(entry): entry for entry in check_zip(data, limits).infolist()}
        self._codes: dict[int, Show] = {}
        self._months: set[int] = set()
        try:
            self._read_styles()
            self._parts = self._sheet_parts() if self._codes or self._months else {}
        except UnreadableFile:
            # Nothing is known of the formats then, and values stay as they are.
            self._parts = {}

    def of_sheet(self, name: str) -> SheetFormats:
        formats = SheetFormats()
        entry = self._entries.get(self._parts.get(name, ""))
        if entry is None:
            return formats
        wanted = b"|".join(str(style).encode() for style in sorted({*self._codes, *self._months}))
        tag = re.compile(rb'<c\b[^<>]*\bs="(?:' + wanted + rb')"[^<>]*>')
        for window in windows(self._inflater.pieces(entry), entry.filename):
            for cell in tag.findall(window):
                self._add(formats, cell)
        return formats

    def _add(self, formats: SheetFormats, cell: bytes) -> None:
        reference, style = _REFERENCE.search(cell), _STYLE.search(cell)
        if reference is None or style is None:
            return
        column, number = column_number(reference[1].decode()) - 1, int(style[1])
        if number in self._months:
            formats.months.add(column)
        else:
            row = int(reference[2]) - 1
            formats.codes.setdefault(column, {})[row] = self._codes[number]

    def _read_styles(self) -> None:
        codes: dict[int, str] = {}
        styles: list[int] = []
        inside: list[str] = []

        def start(name: str, attributes: Mapping[str, str]) -> None:
            name = local(name)
            if name == "numFmt" and attributes.get("numFmtId", "").isdecimal():
                codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
            elif name == "xf" and "cellXfs" in inside:
                number = attributes.get("numFmtId", "0")
                styles.append(int(number) if number.isdecimal() else 0)
            inside.append(name)

        def end(_: str) -> None:
            inside.pop()

        self._parse("xl/styles.xml", start, end)
        for style, number in enumerate(styles):
            if shows_months(number, codes.get(number)):
                self._months.add(style)
            elif number in codes and (show := code_format(codes[number])):
                self._codes[style] = show

    def _sheet_parts(self) -> dict[str, str]:
        """{sheet name: its part}."""
        targets: dict[str, str] = {}
        names: dict[str, str] = {}

        def relation(name: str, attributes: Mapping[str, str]) -> None:
            if local(name) == "Relationship":
                target = posixpath.join("/xl", attributes.get("Target", ""))
                targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/").lower()

        def sheet(name: str, attributes: Mapping[str, str]) -> None:
            if local(name) == "sheet":
                ids = [value for key, value in attributes.items() if local(key) == "id"]
                names[attributes.get("name", "")] = ids[0] if ids else ""

        self._parse("xl/_rels/workbook.xml.rels", relation)
        self._parse("xl/workbook.xml", sheet)
        return {name: targets[number] for name, number in names.items() if number in targets}

    def _parse(self, name: str, start: Start, end: Callable[[str], None] | None = None) -> None:
        if (entry := self._entries.get(name)) is not None:
            parse_safely(windows([self._inflater.read(entry, _AT_MOST)], name), start, end)
