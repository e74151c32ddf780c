"""Categorical columns: both encodings (short and long columns) give equal results."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stockwarden.detection import categories
from stockwarden.detection.categories import Categories

TEXTS = st.text("abAB1", max_size=3) | st.uuids().map(str) | st.none()


@pytest.fixture(scope="module", params=["short", "long"])
def way(request):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(categories, "LONG", 0 if request.param == "long" else 1_000)
        yield


@pytest.mark.usefixtures("way")
@given(st.lists(TEXTS, max_size=60))
@example([*map(str, range(30)), None, "7", "x", None, "X"])
@example([None])
def test_rows_map_to_distinct_upper_cased_values(texts):
    categories_of = Categories.from_column(pd.Series(texts, dtype=object))
    assert len(set(categories_of.values)) == len(categories_of.values)
    texts_by_row = categories_of.broadcast(np.array(categories_of.values, dtype=object), None)
    assert texts_by_row.tolist() == [None if text is None else text.upper() for text in texts]
    first = list(dict.fromkeys(text.upper() for text in texts if text is not None))
    assert categories_of.values == first
