"""Columns stored as one joined string where possible."""

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.ingestion.columns.joined_column import SEPARATOR, JoinedColumn

TEXTS = st.sampled_from(["", " ", "A-01", "ñ", SEPARATOR, f"x{SEPARATOR}"])
BLOCKS = st.lists(st.lists(TEXTS | st.sampled_from([1.5, None, "B"]), max_size=5), max_size=5)


@given(BLOCKS, st.integers(0, 3), st.booleans(), st.data())
def test_cells_come_out_as_they_went_in(blocks, blanks, asked_between, data):
    column, cells = JoinedColumn(blanks), [""] * blanks
    for block in blocks:
        column.extend(block)
        cells += block
        assert not asked_between or column.cells == cells
    assert column.height == len(cells)
    assert column.cells == cells
    plain = all(isinstance(cell, str) and SEPARATOR not in cell for cell in cells)
    assert column.joined == (SEPARATOR.join(cells) if plain else None)
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(cells))] * 2)))
    if plain and start < stop:
        assert column.part(start, stop) == SEPARATOR.join(cells[start:stop])
