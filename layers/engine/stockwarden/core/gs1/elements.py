"""What an element string says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from stockwarden.core.gs1.dates import date_from

_POUND = Fraction("0.45359237")
_DATES = frozenset(("11", "12", "13", "15", "16", "17", "7003"))


@dataclass(frozen=True)
class Elements:
    """The values by their application identifiers, in the order of the string; all are valid.
    The dates were read on the day `today`."""

    values: Mapping[str, str]
    today: date

    @property
    def gtin(self) -> str | None:
        """Of the item, or of the items that the logistic unit contains: 14 digits."""
        return self.values.get("01", self.values.get("02"))

    @property
    def sscc(self) -> str | None:
        """Of the logistic unit: 18 digits."""
        return self.values.get("00")

    @property
    def lot(self) -> str | None:
        """The batch or lot."""
        return self.values.get("10")

    @property
    def serial(self) -> str | None:
        """The serial number."""
        return self.values.get("21")

    @property
    def expiry(self) -> date | None:
        """The date until which the items may be used."""
        return self.date_of("17") or self.date_of("7003")

    @property
    def count(self) -> int | None:
        """How many items the logistic unit contains, or the item of variable count."""
        number = self.values.get("37", self.values.get("30"))
        return None if number is None else int(number)

    @property
    def net_weight_kg(self) -> Fraction | None:
        """The net weight in kilograms, exactly; a weight in pounds is converted."""
        kilograms = self._measure("310")
        if kilograms is not None:
            return kilograms
        pounds = self._measure("320")
        return None if pounds is None else pounds * _POUND

    def date_of(self, ai: str) -> date | None:
        """The date of an identifier of dates, such as 11 or 15. Raises KeyError for others."""
        if ai not in _DATES:
            raise KeyError(ai)
        return date_from(self.values[ai], self.today) if ai in self.values else None

    def _measure(self, kind: str) -> Fraction | None:
        for ai, value in self.values.items():
            if len(ai) == 4 and ai.startswith(kind):
                return Fraction(int(value), 10 ** int(ai[3]))
        return None
