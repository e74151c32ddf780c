"""The units that every company has, with their exact factors. Nobody changes or deletes them.

The base unit of each dimension has the factor 1: piece, kilogram, litre, metre, square metre and
second. Pounds, inches and gallons are those of the international and US customary definitions.
"""

from stockwarden.catalog.units import Dimension, Unit, standard_unit

_UNITS = [
    # code, name, dimension, factor, decimals
    ("pcs", "Piece", Dimension.COUNT, "1", 0),
    ("pair", "Pair", Dimension.COUNT, "2", 0),
    ("dozen", "Dozen", Dimension.COUNT, "12", 0),
    ("gross", "Gross", Dimension.COUNT, "144", 0),
    ("mg", "Milligram", Dimension.MASS, "1/1000000", 3),
    ("g", "Gram", Dimension.MASS, "1/1000", 6),
    ("kg", "Kilogram", Dimension.MASS, "1", 9),
    ("t", "Tonne", Dimension.MASS, "1000", 9),
    ("lb", "Pound", Dimension.MASS, "0.45359237", 6),
    ("oz", "Ounce", Dimension.MASS, "0.028349523125", 6),
    ("ml", "Millilitre", Dimension.VOLUME, "1/1000", 6),
    ("l", "Litre", Dimension.VOLUME, "1", 9),
    ("m3", "Cubic metre", Dimension.VOLUME, "1000", 9),
    ("gal", "US gallon", Dimension.VOLUME, "3.785411784", 6),
    ("fl_oz", "US fluid ounce", Dimension.VOLUME, "0.0295735295625", 6),
    ("mm", "Millimetre", Dimension.LENGTH, "1/1000", 6),
    ("cm", "Centimetre", Dimension.LENGTH, "1/100", 6),
    ("m", "Metre", Dimension.LENGTH, "1", 9),
    ("in", "Inch", Dimension.LENGTH, "0.0254", 6),
    ("ft", "Foot", Dimension.LENGTH, "0.3048", 6),
    ("yd", "Yard", Dimension.LENGTH, "0.9144", 6),
    ("cm2", "Square centimetre", Dimension.AREA, "1/10000", 6),
    ("m2", "Square metre", Dimension.AREA, "1", 9),
    ("s", "Second", Dimension.TIME, "1", 6),
    ("min", "Minute", Dimension.TIME, "60", 6),
    ("h", "Hour", Dimension.TIME, "3600", 6),
    ("day", "Day", Dimension.TIME, "86400", 6),
]

STANDARD_UNITS: dict[str, Unit] = {unit[0]: standard_unit(*unit) for unit in _UNITS}
