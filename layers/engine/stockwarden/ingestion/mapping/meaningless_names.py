"""Names of columns that say nothing: `column_3`, `F2`, `hola1 … hola6`."""

import re
from collections import Counter
from collections.abc import Sequence

from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.schema import Schema

_MEANINGLESS = re.compile(
    r"(?:column|columna|col|field|campo|unnamed|data|dato|datos|attribute|attr|value|valor|f|c|x|"
    r"var|header|untitled)? ?[a-z]?\d* ?\d*"
)


def are_meaningless(columns: Sequence[tuple[str, bool]], schema: Schema) -> list[bool]:
    """`columns` are (name, whether it is generated, as the column has no header)."""
    stems = Counter(re.sub(r"\d+", "", header_words(name)) for name, _ in columns)
    flags = []
    for name, blank in columns:
        words = header_words(name)
        stem = re.sub(r"\d+", "", words)
        repeated = stem != words and stems[stem] > 1
        # A name in a script that no language of ours is written in cannot be understood.
        unread = bool(words) and not re.search("[a-z]", words) and not name_scores(name, schema)
        meaningless = bool(_MEANINGLESS.fullmatch(words))
        flags.append(blank or repeated or unread or meaningless)
    return flags
