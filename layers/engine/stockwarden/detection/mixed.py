"""Distinct names that stand together in one place."""

import numpy as np

from stockwarden.detection.categories import Categories
from stockwarden.detection.stock import Mask


def names_together(places: Categories, names: Categories, rows: Mask) -> dict[int, list[str]]:
    """{index of a place: its names} of the places with several distinct names in these rows."""
    known = rows & (places.index >= 0) & (names.index >= 0)
    width = len(names.values) + 1
    pairs = np.unique(places.index[known] * width + names.index[known])
    counts = np.bincount(pairs // width, minlength=len(places.values))
    together: dict[int, list[str]] = {}
    for pair in pairs[counts[pairs // width] > 1].tolist():
        place, name = divmod(pair, width)
        together.setdefault(place, []).append(names.values[name])
    return together
