"""Floods: a rule that flags most of what it judges is told as one finding about the rule.

Somebody who gets 700,000 anomalies of one kind has one problem: the layout does not fit the file,
or the clock is wrong. So more than 30 % of the subjects that a rule judged, and more than 1,000,
are one finding of it. Its members are in its evidence, and `evaluate` tells them one by one for
the rules that it is asked to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stockwarden.detection.detector import Detector, Subject
from stockwarden.detection.evaluation_scope import Evaluated
from stockwarden.detection.subjects import subject_codes

MOST_PERCENT = 30
MOST_SUBJECTS = 1_000

IsSuppressed = Callable[[str, Sequence[str]], Sequence[bool]]
"""Of a rule's code and subject ids, whether each is suppressed."""


@dataclass(frozen=True)
class Flood:
    """The subjects that a rule flags, as ids by their type, of the `judged` ones.

    `positions` are theirs in `subject_codes`, ascending.
    """

    rule: str
    judged: int
    positions: npt.NDArray[np.int64]
    subjects: Mapping[Subject, Sequence[str]]

    @property
    def size(self) -> int:
        return len(self.positions)

    def rows_in(self, detector: Detector, evaluated: Evaluated) -> npt.NDArray[np.bool_]:
        """Mask of the anomalous rows that are of members."""
        codes = subject_codes(detector, evaluated.stock)
        is_member = np.zeros(len(codes.values), dtype=bool)
        is_member[self.positions] = True
        mask: npt.NDArray[np.bool_] = is_member[codes.index[evaluated.rows.index.to_numpy()]]
        return mask

    def fingerprints(self) -> Iterator[str]:
        """The fingerprints that the findings of the members have if they are told one by one."""
        for subject_type, ids in self.subjects.items():
            for subject_id in ids:
                yield f"{self.rule}|{subject_type}|{subject_id}"


def is_flood(subjects: int, judged: int) -> bool:
    return subjects > MOST_SUBJECTS and 100 * subjects > MOST_PERCENT * judged


def find_flood(
    detector: Detector, evaluated: Evaluated, is_suppressed: IsSuppressed | None = None
) -> Flood | None:
    """The flood of a rule, if it is one without the subjects that `is_suppressed`."""
    codes = subject_codes(detector, evaluated.stock)
    positions = np.unique(codes.index[evaluated.rows.index.to_numpy()])
    judged = int(np.count_nonzero(codes.counts(evaluated.judged)))
    if not is_flood(len(positions), judged):
        return None
    if is_suppressed:
        ids = [codes.values[position] for position in positions.tolist()]
        suppressed = np.fromiter(is_suppressed(detector.code, ids), dtype=bool, count=len(ids))
        positions = positions[~suppressed]
        if not is_flood(len(positions), judged):
            return None
    return Flood(detector.code, judged, positions, _by_type(detector, evaluated, positions))


def _by_type(
    detector: Detector, evaluated: Evaluated, positions: npt.NDArray[np.int64]
) -> dict[Subject, list[str]]:
    codes = subject_codes(detector, evaluated.stock)
    ids = [codes.values[position] for position in positions.tolist()]
    if detector.subject in ("location", "product"):
        return {detector.subject: ids}
    lines_begin = int(np.searchsorted(positions, evaluated.stock.subjects.first_line))
    by_type: dict[Subject, list[str]] = {
        "pallet": ids[:lines_begin],
        "stock_line": ids[lines_begin:],
    }
    return {subject_type: members for subject_type, members in by_type.items() if members}
