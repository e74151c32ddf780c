"""Scores how well the values of a column fit each field."""

from collections.abc import Mapping

from stockwarden.ingestion.mapping.fields import DATES, FIELDS, NUMBERS
from stockwarden.ingestion.mapping.profiles import ColumnProfile


def value_scores(profile: ColumnProfile) -> dict[str, float]:
    """{field: 0..1}: how well the values fit each field, regardless of its name."""
    if not profile.filled:
        return {}
    repeats = 1.0 - profile.unique
    datelike = max(profile.dates + profile.date_codes, 0.75 * profile.date_numbers)
    plain_codes = max(0.0, profile.codes - profile.dates)
    integers = max(0.0, profile.numbers - profile.fractions)
    few = min(1.0, 12 / profile.distinct)
    scores = {
        "pallet_id": plain_codes * _steps(profile.unique, (0.3, 0.15), (0.8, 0.7), (0.95, 1.0)),
        "location": _location(profile, max(plain_codes, profile.date_codes), repeats),
        "receipt_number": plain_codes * (0.85 if repeats > 0.02 else 0.6),
        "description": profile.words
        * (0.9 if profile.locations < 0.5 else 0.3)
        * (1 - profile.types),
        "quantity": profile.numbers * (0.9 if profile.date_numbers < 0.9 else 0.6),
        "weight": profile.numbers * 0.8,
        "unit": max(profile.units, 0.6 * few * (1 - profile.numbers) * profile.short),
        "product_code": plain_codes * (0.8 if repeats > 0.02 else 0.6),
        "lot": plain_codes * (0.8 if repeats > 0.02 else 0.6),
        "time_in_storage": max(
            profile.durations, 0.7 * profile.numbers * (1 - profile.date_numbers)
        ),
        "location_type": max(profile.types, 0.55 * few * (1 - profile.numbers)),
        "temperature_zone": max(profile.zones, 0.55 * few * profile.short),
        "storage_class": max(0.95 * profile.zones, 0.5 * few * profile.short),
        "sscc": profile.eighteen,
        "gtin": profile.gtins,
    }
    for field in DATES:
        scores[field] = datelike
    scores["creation_date"] = max(datelike, profile.durations * 0.6)
    if profile.filled > 3 and integers > 0.9 and profile.distinct <= 2:
        scores["pallet_id"] = 0.0
    return {field: round(min(1.0, scores[field]), 6) for field in FIELDS}


def named_fit(field: str, profile: ColumnProfile, fits: Mapping[str, float]) -> float:
    """How well the values fit the field that the column's name states: less is required.

    A pallet with several products has several rows; a description may be one word.
    """
    if field == "pallet_id":
        codes = max(0.0, max(profile.codes, profile.short * profile.words * 0.6) - profile.dates)
        return codes * (1.0 if profile.unique >= 0.2 or profile.distinct >= 50 else 0.5)
    if field == "location" and profile.is_site:
        return 0.3
    if field == "location" and profile.counting:
        return 0.2
    if field in {"receipt_number", "product_code", "lot"}:
        return max(fits[field], profile.short - profile.dates - profile.fractions)
    if field in NUMBERS:
        return max(fits[field], profile.numbers + profile.measures)
    if field == "expiry_date":
        # 03/26 is a place as well: only a name tells.
        return max(fits[field], profile.months)
    if field == "description":
        return max(fits[field], 1.0 - profile.dates - profile.numbers - 0.6 * profile.locations)
    if field in {"unit", "location_type", "temperature_zone", "storage_class"}:
        return max(fits[field], 0.9 - profile.dates - profile.unique)
    return fits[field]


def _location(profile: ColumnProfile, plain_codes: float, repeats: float) -> float:
    worded = profile.words * profile.short * (1 - profile.dates)
    score = 0.7 * max(plain_codes * profile.short, 0.8 * worded)
    score += 0.15 * profile.locations + 0.05 * profile.structured
    if profile.is_site or profile.counting:
        score *= 0.4
    if repeats > 0.02:
        score += 0.15
    elif profile.filled >= 50:
        score -= 0.15
    if profile.fractions > 0.2:
        score *= 0.3
    if profile.known is not None:
        score = max(score, profile.known) if profile.known >= 0.3 else score * 0.85
    return max(0.0, score)


def _steps(value: float, *steps: tuple[float, float]) -> float:
    """The level of the last step that `value` reaches; the first one below all."""
    level = steps[0][1]
    for start, reached in steps:
        if value >= start:
            level = reached
    return level
