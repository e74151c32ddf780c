"""From an inspected workbook to an Intake: columns normalised, every row accounted for."""

from stockwarden.ingestion.intake import Header, Intake, RawCells, Unparsed
from stockwarden.ingestion.receipt import Receipt, RowNote

__all__ = ["Header", "Intake", "RawCells", "Receipt", "RowNote", "Unparsed"]
