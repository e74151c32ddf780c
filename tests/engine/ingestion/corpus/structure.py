"""Files whose structure is no plain table, each with what must come of it."""

from collections.abc import Iterator
from itertools import chain

from tests.engine.ingestion.corpus import formats, groups, lists, pages
from tests.engine.ingestion.corpus.case import Case


def cases() -> Iterator[Case]:
    return chain(
        lists.lists(),
        lists.pasted(),
        groups.columns(),
        groups.groups(),
        pages.pages(),
        formats.separators(),
        formats.markup(),
        formats.hidden(),
    )
