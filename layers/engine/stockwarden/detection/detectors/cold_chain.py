"""Detector of goods whose zone has another temperature than they need."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stockwarden.detection.cold_goods import MUST_STAY_COLD, NEED_NO_COLD
from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold
from stockwarden.warehouse.layout.patterns import Pattern

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from stockwarden.detection.cold_goods import ColdGoodsQuestions
    from stockwarden.detection.stock import Stock
    from stockwarden.detection.temperature_needs import Misplaced

PATTERNS = ("*FROZEN*", "*REFRIGERATED*", "*CHILLED*")
ZONES = (
    "AMBIENT", "GENERAL", "DRY", "NORMAL", "STANDARD", "ROOM TEMPERATURE", "AMBIENTE", "SECO",
    "UMGEBUNG", "RAUMTEMPERATUR", "TROCKEN", "AMBIANT", "AMBIANTE", "SEC", "SECCO", "OMGEVING",
    "DROOG", "OTOCZENIE", "SUCHY", "SUCHA",
)  # fmt: skip
NOT_FOOD = (
    "BACKPACK", "RUCKSACK", "SCHOOL BAG", "LUNCH BOX", "LUNCH BAG", "TOY", "DOLL",
    "PLUSH", "FIGURE", "PUZZLE", "BOARD GAME", "LEGO", "DISNEY", "ELSA", "OLAF", "COSTUME",
    "T-SHIRT", "PAJAMAS", "PYJAMAS", "SOCK", "BEDDING", "DUVET",
    "BLANKET", "TOWEL", "POSTER", "STICKER", "DVD", "BLU-RAY", "BOOK", "NOTEBOOK", "PENCIL CASE",
    "UMBRELLA", "MUG", "WATER BOTTLE", "FREEZER BAG", "FREEZER BOX", "COOLER BAG",
    "COOL BOX", "STORAGE BAG", "STORAGE BOX", "LABEL", "THERMOMETER", "GLOVE", "DISPLAY CABINET",
    "MOCHILA", "JUGUETE",
)  # fmt: skip


def misplaced_minutes(stock: Stock, **parameters: tuple[str, ...]) -> npt.NDArray[np.float64]:
    return _minutes(stock, _misplaced(stock, **parameters))


def _minutes(stock: Stock, misplaced: Misplaced) -> npt.NDArray[np.float64]:
    import numpy as np

    return np.where(misplaced.rows, stock.frame.dwell_hours.to_numpy() * 60, np.nan)


def _misplaced(stock: Stock, **parameters: tuple[str, ...]) -> Misplaced:
    from stockwarden.detection.temperature_needs import misplaced_goods

    return misplaced_goods(stock, whole_words=frozenset(PATTERNS), **parameters)


@detector(
    code="cold-chain",
    title="Cold chain broken",
    priority=Priority.VERY_HIGH,
    needs={"location", "goods", "creation_date", "zone"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} ({description}), {need} goods, has been in {location}, zone {zone}, "
    "for {minutes:minutes} (limit {max_minutes:g} min).",
    cost=CostBasis(minutes=10, share=0.5),
    flood_cause="The zones may be named wrongly.",
    limits={
        "patterns": Pattern,
        "zones": str,
        "exclusions": str,
        MUST_STAY_COLD: Pattern,
        NEED_NO_COLD: Pattern,
        "max_minutes": Bounds(5, 120),
    },
    about={
        "patterns": "Descriptions of goods that must stay cold.",
        "zones": "The zones of ambient temperature; their names, or words in them.",
        "exclusions": "Words of a description that say that the goods themselves are not cold.",
        MUST_STAY_COLD: "Descriptions of goods that must stay cold, wherever most of them are.",
        NEED_NO_COLD: "Descriptions of goods that need no cold; of a word in the patterns above, "
        "only those that are mostly in other zones.",
        "max_minutes": "Minutes that goods may be in a zone that is not for them.",
    },
    threshold=Threshold(
        "max_minutes",
        "above",
        1,
        "min",
        "had been in the wrong zone for {limit:g} min or less",
        misplaced_minutes,
    ),
    shows=("description", "storage_class", "temperature_zone", "last_movement_date"),
    tied_to_location=True,
)
def cold_chain(
    stock: Stock,
    *,
    patterns: tuple[str, ...] = PATTERNS,
    zones: tuple[str, ...] = ZONES,
    exclusions: tuple[str, ...] = NOT_FOOD,
    must_stay_cold: tuple[str, ...] = (),
    need_no_cold: tuple[str, ...] = (),
    max_minutes: float = 30.0,
) -> Verdict:
    """Frozen or chilled goods spoil where it is warm, chilled ones where it freezes, unseen.

    What goods need is the storage class of their item in the catalog, else that of the file, else
    what the description says: FROZEN, REFRIGERATED and CHILLED as whole words, not after "non" or
    "for", and not of a FROZEN BACKPACK. A word that many different goods of warm zones have in
    their names is not taken for a temperature, nor is the name of goods most of which are there,
    five or more since over a day in storage: the coverage counts these goods and asks whether they
    must stay cold. The answers are settings of the rule; of several about the same goods, the
    longest counts. That a word says nothing holds only for goods most of which are in other zones.
    The zone is the layout's, else the file's temperature_zone; zones whose temperature is unknown
    are named in the coverage. The time counts from the last movement where the file has it, else
    from creation.
    """
    misplaced = _misplaced(
        stock,
        patterns=patterns,
        zones=zones,
        exclusions=exclusions,
        must_stay_cold=must_stay_cold,
        need_no_cold=need_no_cold,
    )
    minutes = _minutes(stock, misplaced)
    late = minutes > max_minutes
    rows = stock.frame[late]
    return Verdict(
        rows.assign(
            need=misplaced.needs[late], minutes=minutes[late], description=_names(stock, late)
        ),
        skipped=misplaced.skipped,
        questions=partial(_questions, stock, misplaced),
    )


def _names(stock: Stock, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """What goods are called: their description, else the name of their item."""
    import numpy as np

    items, positions = stock.goods.items, stock.goods.index[rows].tolist()
    names = np.array(
        [items[position].name if position >= 0 else None for position in positions], dtype=object
    )
    if not stock.has("description"):
        return names
    told = stock.frame.description[rows]
    return np.where(told.isna().to_numpy(), names, told.to_numpy(dtype=object))


def _questions(
    stock: Stock, misplaced: Misplaced, judged: npt.NDArray[np.bool_]
) -> ColdGoodsQuestions:
    from stockwarden.detection.cold_goods_questions import questions_about

    return questions_about(stock, misplaced.doubts, judged)
