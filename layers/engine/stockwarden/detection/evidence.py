"""Builds findings with their evidence from the rows that a detector returns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from math import isfinite, isnan
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.detector import Detector
from stockwarden.detection.durations import SECONDS_OF, duration
from stockwarden.detection.finding import Finding
from stockwarden.detection.parameters import Value
from stockwarden.detection.priority import Priority
from stockwarden.detection.stock import Stock
from stockwarden.detection.subjects import LOT, subject_codes
from stockwarden.ingestion.mapping.fields import FIELDS, ITEM

_SUBJECT_FIELDS = ("pallet_id", "location")
_SENTENCE = 80
_DECIMALS = re.compile(r"\.(\d)f")
_MOST_DECIMALS = 6
_EXACT = 2**53
T = TypeVar("T")


class _Figure(float):
    """A number in a message: rounded, but never to a limit that it does not equal.

    The formats `days`, `hours` and `minutes` read it as a duration in that unit.
    """

    limits: tuple[float, ...]

    def __format__(self, spec: str) -> str:
        if size := SECONDS_OF.get(spec):
            return duration(self * size, [limit * size for limit in self.limits])
        if spec == "g" and self.is_integer() and abs(self) < _EXACT:
            return f"{int(self)}"
        text = super().__format__(spec)
        digits = _DECIMALS.fullmatch(spec)
        if digits is None:
            return text
        for more in range(int(digits[1]) + 1, _MOST_DECIMALS + 1):
            if self in self.limits or float(text) not in self.limits:
                break
            text = super().__format__(f".{more}f")
        return text


class _Column(NamedTuple):
    """A column of the evidence: its header, and the raw and the parsed value per row."""

    header: str
    raw: list[Any]
    parsed: list[Any]


def findings_of(
    detector: Detector,
    stock: Stock,
    rows: pd.DataFrame,
    parameters: Mapping[str, Value],
    priority: Priority | None,
) -> list[Finding]:
    """One finding per subject of `rows`, ordered by subject.

    Message, details and priority come from the subject's first row.
    `priority` is the user's, and overrides the detector's.
    """
    if rows.empty:
        return []
    subjects = subject_codes(detector, stock)
    positions = rows.index.to_numpy()
    order = np.argsort(subjects.index[positions], kind="stable")
    rows, positions = rows.iloc[order], positions[order]
    codes_of_rows = subjects.index[positions]
    starts = np.flatnonzero(np.diff(codes_of_rows, prepend=-1))
    bounds = [*starts.tolist(), len(positions)]

    leads = rows.iloc[starts]
    pallets = _pallet_texts(stock, positions[starts])
    locations = _location_codes(stock, positions[starts])
    if detector.subject == "product":
        only = _shared_by_all(stock.locations.index[positions], starts)
        locations = _names_at(stock.locations.values, only)
    items = _names_at(stock.goods.items, _shared_by_all(stock.goods.index[positions], starts))
    extra = [name for name in rows.columns if name not in stock.frame and name != "priority"]
    named = [name for name in detector.message_fields if name in rows.columns]
    shown = [name for name in dict.fromkeys([*named, *extra]) if name not in _SUBJECT_FIELDS]
    values = {name: _plain(leads[name]) for name in shown}
    priorities = leads["priority"].tolist() if "priority" in rows.columns else None
    message_parameters = {
        name: parameters[name] for name in detector.message_fields if name in parameters
    }
    cells = evidence_of(stock, evidence_fields(detector, stock, positions), positions)
    limits = (
        0.0,
        *(float(value) for value in message_parameters.values() if isinstance(value, int | float)),
    )
    # About what several pallets have in common.
    shared = detector.subject in ("location", "product")
    subject_of = stock.subjects.codes.index[positions].tolist() if shared else []
    ages = np.fmax.reduceat(stock.frame["age_hours"].to_numpy()[positions], starts).tolist()
    hours = [None if isnan(age) else round(age, 2) for age in ages]

    findings: list[Finding] = []
    for index, subject in enumerate(codes_of_rows[starts].tolist()):
        begin, end = bounds[index], bounds[index + 1]
        facts = {name: values[name][index] for name in shown} | message_parameters
        pallet, location = pallets[index], locations[index]
        subject_id = subjects.values[subject]
        subject_type = detector.subject if shared else stock.subjects.type_of(subject)
        shown_facts = {name: _clipped(value) for name, value in facts.items()}
        findings.append(
            Finding(
                rule=detector.code,
                title=detector.title,
                priority=priority or (priorities[index] if priorities else detector.priority),
                subject_type=subject_type,
                subject_id=subject_id,
                pallet_id=None if shared else pallet,
                location=location,
                message=detector.message.format(
                    pallet_id=_clipped(subject_id if pallet is None else pallet),
                    subject=_clipped(subject_id),
                    location=_clipped(location),
                    **{name: _figure(value, limits) for name, value in shown_facts.items()},
                ),
                details={
                    name: round(value, 2) if isinstance(value, float) else value
                    for name, value in shown_facts.items()
                    if value is not None and not name.startswith("_")
                },
                affected_pallets=len(set(subject_of[begin:end])) if shared else 1,
                evidence=cells(begin, end),
                age_hours=hours[index],
                item=items[index],
            )
        )
    findings.sort(key=lambda finding: finding.subject_id)
    return findings


def _figure(value: Any, limits: tuple[float, ...]) -> Any:
    if not isinstance(value, float):
        return value
    figure = _Figure(value)
    figure.limits = limits
    return figure


def evidence_of(
    stock: Stock, fields: Sequence[str], positions: npt.NDArray[np.int64]
) -> Callable[[int, int], list[dict[str, Any]]]:
    """A function of (begin, end): these fields' cells in `positions[begin:end]`, row by row."""
    sheet = stock.inventory.sheet
    rows = stock.inventory.rows[positions].tolist()
    columns = list(_columns(stock, fields, positions))

    def cells(begin: int, end: int) -> list[dict[str, Any]]:
        return [
            {"sheet": sheet, "row": rows[index], "column": column.header,
             "raw": column.raw[index], "parsed": column.parsed[index]}
            for index in range(begin, end)
            for column in columns
        ]  # fmt: skip

    return cells


def evidence_fields(
    detector: Detector, stock: Stock, positions: npt.NDArray[np.int64]
) -> list[str]:
    """The fields whose cells prove the rule's findings in these rows."""
    fields = {*_SUBJECT_FIELDS, *detector.needs, *detector.shows}
    if detector.judges_lines and (stock.pallets.index[positions] < 0).any():
        fields.update(ITEM, LOT)
    if "creation_date" in fields:
        fields.add("time_in_storage")
    return [field for field in FIELDS if field in fields and field in stock.inventory.headers]


def _columns(
    stock: Stock, fields: Sequence[str], positions: npt.NDArray[np.int64]
) -> Iterator[_Column]:
    indexes = positions.tolist()
    for field in fields:
        raw = stock.inventory.raw[field]
        is_location = field == "location"
        yield _Column(
            stock.inventory.headers[field].name,
            [_json(raw[index]) for index in indexes],
            _location_codes(stock, positions)
            if is_location
            else _plain(stock.inventory.frame[field].iloc[positions]),
        )


def _pallet_texts(stock: Stock, positions: npt.NDArray[np.int64]) -> list[str | None]:
    if not stock.has("pallet_id"):
        return [None] * len(positions)
    texts: list[str | None] = stock.frame["pallet_id"].iloc[positions].tolist()
    return texts


def _location_codes(stock: Stock, positions: npt.NDArray[np.int64]) -> list[str | None]:
    return _names_at(stock.locations.values, stock.locations.index[positions])


def _shared_by_all(
    index: npt.NDArray[np.int64], starts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """What all rows of a subject have in common; -1 where they differ."""
    first, last = (pick.reduceat(index, starts) for pick in (np.minimum, np.maximum))
    return np.where(first == last, first, -1)


def _names_at(values: Sequence[T], positions: npt.NDArray[np.int64]) -> list[T | None]:
    return [values[position] if position >= 0 else None for position in positions.tolist()]


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The values of a column, JSON-able; None where missing."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        moments = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[ms]")
        texts = np.datetime_as_string(moments, unit="ms").tolist()
        return [None if text == "NaT" else f"{text}Z" for text in texts]
    missing = column.isna().to_numpy()
    values: list[Any] = column.tolist()
    if missing.any():
        pairs = zip(values, missing.tolist(), strict=True)
        return [None if is_missing else value for value, is_missing in pairs]
    return values


def _clipped(value: Any) -> Any:
    """A text shortened for a message; the evidence holds the whole text."""
    if isinstance(value, str) and len(value) > _SENTENCE:
        return f"{value[: _SENTENCE - 1]}…"
    return list(value) if isinstance(value, tuple) else value


def _json(cell: Any) -> Any:
    """A raw cell, JSON-able: texts, numbers and booleans as they are, other values as text."""
    if cell is None or isinstance(cell, (str, bool, int)):
        return cell
    if isinstance(cell, float):
        return cell if isfinite(cell) else str(cell)
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)
