"""Date columns: cases, and round trips of every way to write a moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.identifiers import is_nothing

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)
_CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "dates.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_case(case: dict[str, Any]) -> None:
    cells = ["" if cell is None else cell for cell in case["dates"]]
    flags = {name: case.get(name, False) for name in ("epoch_1904", "best_before")}
    column = DateColumn(cells, **flags)
    given_order = case.get("given")
    assert bool(column.open_orders(given_order)) == case.get("asks", False)
    if "order" in case:
        assert column.order == case["order"]
    if "moments" not in case:
        return
    read = column.read(as_of=AS_OF, timezone=case.get("timezone", "UTC"), order=given_order)
    moments = [None if pd.isna(moment) else moment for moment in read.moments]
    expected = [None if text is None else pd.Timestamp(text, tz="UTC") for text in case["moments"]]
    assert moments == expected
    assert read.unparsed.counts() == case.get("unparsed", {})
    assert int(read.null.sum()) == case.get("no_dates", 0)
    if "example" in case:
        assert column.open_orders()[0].example == case["example"]


_SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_WRITERS = {
    "iso": lambda moment: moment.isoformat(sep=" "),
    "zoned": lambda moment: moment.isoformat() + "Z",
    "offset": lambda moment: (moment + timedelta(hours=5)).isoformat() + "+05:00",
    "stamp": lambda moment: moment.strftime("%Y%m%d%H%M%S"),
    "slash": lambda moment: moment.strftime("%Y/%m/%d %H:%M:%S"),
    "named": lambda moment: moment.strftime("%d %b %Y %H:%M:%S"),
    "spanish": lambda moment: (
        f"{moment.day} de {_SPANISH[moment.month - 1]} de {moment:%Y %H:%M:%S}"
    ),
    "half days": lambda moment: moment.strftime("%B %d, %Y %I:%M:%S %p"),
    "epoch": lambda moment: str(int(moment.replace(tzinfo=UTC).timestamp())),
    "serial": lambda moment: (moment - datetime(1899, 12, 30)).total_seconds() / 86400,
    "true": lambda moment: moment,
}
# From 2002 on, seconds since 1970 have ten digits.
_MOMENTS = st.datetimes(datetime(2002, 1, 1), datetime(2080, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(st.lists(st.tuples(_MOMENTS, st.sampled_from(sorted(_WRITERS))), min_size=1, max_size=40))
def test_every_way_of_writing_leads_back(written: list[tuple[datetime, str]]) -> None:
    column = DateColumn([_WRITERS[way](moment) for moment, way in written])
    assert not column.open_orders()
    read = column.read(as_of=AS_OF, timezone="UTC", order=None)
    assert read.unparsed.counts() == {}
    assert [moment.to_pydatetime().replace(tzinfo=None) for moment in read.moments] == [
        moment for moment, _ in written
    ]


@given(
    st.lists(st.dates(datetime(1985, 1, 1).date(), datetime(2080, 1, 1).date()), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]),
    st.sampled_from("/.-"),
)
def test_an_order_is_proven_or_asked_for_but_never_wrong(
    days: list[datetime], pattern: str, separator: str
) -> None:
    column = DateColumn([day.strftime(pattern.replace("/", separator)) for day in days])
    decisive = any(day.day > 12 for day in days)
    same_both_ways = all(day.day == day.month for day in days)
    assert bool(column.open_orders()) == (not decisive and not same_both_ways)
    order = "DMY" if pattern.startswith("%d") else "MDY"
    read = column.read(as_of=AS_OF, timezone="UTC", order=order)
    assert [moment.date() for moment in read.moments] == days


@given(st.lists(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans())))
def test_any_cells_give_a_moment_a_reason_or_are_blank(cells: list[Any]) -> None:
    column = DateColumn(cells)
    for order in (None, "DMY", "MDY", "YMD"):
        read = column.read(as_of=AS_OF, timezone="America/New_York", order=order)
        assert len(read.moments) == len(cells)
        known = zip(cells, read.moments, read.unparsed.mask, read.null, strict=True)
        for cell, moment, odd, null in known:
            blank = isinstance(cell, str) and is_nothing(cell.strip("'").strip().lower())
            assert pd.isna(moment) == (blank or bool(odd) or bool(null))
