"""Measures how far detection can be trusted at realistic sites.

    python -m tools.bench.precision [--seeds 5]

Prints for each site of tests/sites, summed over its seeds: how many problems were planted and
found, and which share of what is reported is real. Exits with 1 if one is missed or a share is
below its bar.
"""

import argparse
import sys

from rich.console import Console
from rich.table import Table

from tests.sites import SITES
from tests.sites.precision import BAR, VERY_HIGH_BAR, Precision, measure


def shares(measured: list[Precision], *, very_high: bool) -> tuple[int, int]:
    """(real, reported) over all seeds."""
    findings = [each.very_high if very_high else each.findings for each in measured]
    real = sum(each.real(some) for each, some in zip(measured, findings, strict=True))
    return real, sum(map(len, findings))


def main() -> int:
    parser = argparse.ArgumentParser(description="Precision at realistic sites.")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    table = Table("site", "rows", "planted", "found", "Very High real", "all real", "")
    within = True
    for name, generate in SITES.items():
        measured = [measure(generate(seed)) for seed in range(1, arguments.seeds + 1)]
        planted = sum(len(each.site.truth) for each in measured)
        found = planted - sum(len(each.missed) for each in measured)
        urgent, every = (shares(measured, very_high=only) for only in (True, False))
        good = found == planted
        good &= urgent[0] >= VERY_HIGH_BAR * urgent[1] and every[0] >= BAR * every[1]
        within &= good
        table.add_row(
            name,
            f"{sum(each.rows for each in measured):,}",
            str(planted),
            str(found),
            *(f"{real} of {told}, {real / max(1, told):.0%}" for real, told in (urgent, every)),
            "ok" if good else "[red]below[/]",
        )
    table.caption = f"bars: all found, {VERY_HIGH_BAR:.0%} of Very High real, {BAR:.0%} of all"
    Console().print(table)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
