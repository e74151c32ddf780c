"""Reads a layout from an uploaded file: the rules_file of a report, the layout of a warehouse."""

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import SafetyLimits, open_workbook
from stockwarden.warehouse.layout import layout_file
from stockwarden.warehouse.layout.layout import Layout

# Layouts are small, and are also read by functions with little memory.
_LIMITS = SafetyLimits(
    max_bytes=10 * 2**20,
    max_expanded=100 * 2**20,
    max_beside=16 * 2**20,
    max_cells=1_000_000,
    max_text=20 * 2**20,
)


def read_layout(data: bytes, filename: str) -> Layout:
    """The layout on the first sheet that holds one.

    Raises UnreadableFile if no sheet holds a layout, Invalid for wrong cells.
    """
    refused: list[UnreadableFile] = []
    for sheet in open_workbook(data, filename, _LIMITS).sheets:
        try:
            return layout_file.read_layout(sheet.rows)
        except UnreadableFile as error:
            refused.append(error)
    raise refused[0]
