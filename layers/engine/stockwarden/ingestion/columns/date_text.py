"""Date layouts by text shape: the positions of day, month, hour and zone."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np

from stockwarden.ingestion.columns.calendar import (
    NANOSECONDS_A_DAY,
    Flags,
    Parts,
    days_since_epoch,
    eight_digits,
    month_end,
)
from stockwarden.ingestion.columns.calendar import full_year as with_century
from stockwarden.ingestion.columns.text_shapes import Characters, Integers, ShapeGroup

# en, es, de, fr, pt, it, nl, pl.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("jan", "january", "ene", "enero", "januar", "jän", "jänner", "janv", "janvier", "janeiro",
     "gen", "gennaio", "januari", "sty", "styczeń", "stycznia"),
    ("feb", "february", "febrero", "februar", "févr", "fév", "février", "fev", "fevereiro",
     "febbraio", "februari", "lut", "luty", "lutego"),
    ("mar", "march", "marzo", "mär", "mrz", "märz", "mars", "março", "mrt", "maart", "marzec",
     "marca"),
    ("apr", "april", "abr", "abril", "avr", "avril", "aprile", "kwi", "kwiecień", "kwietnia"),
    ("may", "mayo", "mai", "maio", "mag", "maggio", "mei", "maj", "maja"),
    ("jun", "june", "junio", "juni", "juin", "junho", "giu", "giugno", "cze", "czerwiec",
     "czerwca"),
    ("jul", "july", "julio", "juli", "juil", "juillet", "julho", "lug", "luglio", "lip", "lipiec",
     "lipca"),
    ("aug", "august", "ago", "agosto", "août", "aout", "augustus", "sie", "sierpień", "sierpnia"),
    ("sep", "sept", "september", "septiembre", "setiembre", "set", "septembre", "setembro",
     "settembre", "wrz", "wrzesień", "września"),
    ("oct", "october", "octubre", "okt", "oktober", "octobre", "out", "outubro", "ott",
     "ottobre", "paź", "październik", "października"),
    ("nov", "november", "noviembre", "novembre", "novembro", "lis", "listopad", "listopada"),
    ("dec", "december", "dic", "diciembre", "dez", "dezember", "déc", "décembre", "dezembro",
     "dicembre", "gru", "grudzień", "grudnia"),
)  # fmt: skip
MONTH_NUMBERS = {name: index + 1 for index, names in enumerate(_MONTHS) for name in names}

_MONTH = "|".join(sorted(chain.from_iterable(_MONTHS), key=len, reverse=True))
_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun "
    "sunday lun lunes mar martes mié mie miércoles miercoles jue jueves vie viernes sáb sab sábado "
    "sabado dom domingo mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche seg ter qua "
    "qui sex segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira "
    "sexta-feira lunedì martedì mercoledì gio giovedì venerdì sabato domenica ma wo vr za zo "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag pon wt śr czw pt niedz ndz "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela"
)
_WEEKDAY = rf"(?:(?:{'|'.join(sorted(_WEEKDAYS.split(), key=len, reverse=True))})[.,]*(?: le)? +)?"
_DATE = (
    r"(?:(?P<y>0000)(?P<s>[-/. ]|\. )(?P<m>00?)(?P=s)(?P<d>00?)\.?"
    r"|(?P<a>00?)(?P<s2>[-/. ]|\. )(?P<b>00?)(?P=s2)(?P<c>0000|00)"
    r"|(?P<y6>0000)年(?P<m6>00?)月(?P<d6>00?)日"
    r"|(?P<eight>00000000)"
    rf"|(?P<d3>00?)(?:st|nd|rd|th|º|er|\.º|\.)?[-/. ]*(?:de )?(?P<mon3>{_MONTH})\.?"
    r"[-/., ]*(?:del? )?"
    r"(?P<y3>0000|00)"
    rf"|(?P<mon4>{_MONTH})\.?[- ]*(?P<d4>00?)(?:st|nd|rd|th)?[,-]? *(?<!0)(?P<y4>0000)"
    rf"|(?P<y5>0000)[-/. ](?P<mon5>{_MONTH})[-/. ](?P<d5>00?))"
)
_TIME = (
    r"(?:(?:t| *[,;-]? +(?:(?:a las|às|à|um|alle|om|at|o) )?)"
    r"(?P<h>00?)[:.h](?P<mi>00)(?:[:.](?P<sec>00)(?:[.,](?P<frac>0{1,9}))?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?: (?:uhr|uur|h))?"
    r"|t(?P<clock>0000(?:00)?))?"
)
_ZONE = r"(?: ?(?:(?P<utc>z|utc|gmt)|(?P<sign>[+-])(?P<zh>00)(?::?(?P<zm>00))?))?"
_STAMP = re.compile(_WEEKDAY + _DATE + _TIME + _ZONE)
_RUN = re.compile(r"(?P<run>0{12}|0{14}|0{17})(?P<utc>z)?")
_BEST_BEFORE = re.compile(
    r"(?P<m>00?)[-/. ](?P<y>0000)|(?P<y2>0000)[-/. ](?P<m2>00?)|(?P<six>000000)"
    r"|(?P<a>00?)[-/.](?P<b>00)"
    rf"|(?P<month>{_MONTH})\.?[-/., '’]*(?:de )?(?P<y3>0000|00)"
)
_BEST_BEFORE_YEARS = (15, 60)
_LONGEST = 100  # bounds the cached shapes too
_NUMBER = re.compile(r"0{5}(?:[.,]0+)?|0{10}(?:[.,]0+)?|0{13}")


@dataclass(frozen=True)
class Layout:
    """Named spans (start, end) of a shape, and the fixed words among them."""

    spans: dict[str, tuple[int, int]]
    month: int = 0
    style: str = ""
    half: str = ""
    utc: bool = False
    sign: int = 0

    @property
    def zoned(self) -> bool:
        return self.utc or self.sign != 0


def layout_of(shape: str) -> Layout | None:
    """The date layout of texts of this shape; None if they are no dates."""
    return _layout_of(shape) if len(shape) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _layout_of(shape: str) -> Layout | None:
    match = _STAMP.fullmatch(shape) or _RUN.fullmatch(shape)
    if not match:
        return None
    groups = match.groupdict()
    spans = {name: match.span(name) for name, text in groups.items() if text}
    timed = spans.keys() & {"h", "clock", "run"}
    if not timed and spans.keys() & {"utc", "sign"}:
        return None
    month = next((groups[name] for name in ("mon3", "mon4", "mon5") if groups.get(name)), "")
    style = ""
    if groups.get("a"):
        style = f"{groups['s2']}{len(groups['c'])}"
    elif groups.get("eight"):
        style = "eight"
    return Layout(
        spans,
        MONTH_NUMBERS.get(month, 0),
        style,
        groups.get("half") or "",
        bool(groups.get("utc")),
        {"+": 1, "-": -1}.get(groups.get("sign") or "", 0),
    )


@dataclass(frozen=True)
class Moments:
    """Nanoseconds since 1970 of some positions; `zoned` ones are UTC, the others local."""

    positions: Integers
    nanoseconds: Integers
    valid: Flags
    zoned: bool


@lru_cache(maxsize=4096)
def is_best_before(shape: str) -> bool:
    """Whether texts of this shape may be a month of a year: `03/2026`, `03/26`, `mar-00`."""
    return len(shape) <= _LONGEST and _BEST_BEFORE.fullmatch(shape) is not None


def month_ends(group: ShapeGroup) -> Moments | None:
    """The last days of the months that texts of one shape (`is_best_before`) name.

    None if they are no months, or if they may be days as well.
    """
    match = _BEST_BEFORE.fullmatch(group.shape)
    if match is None:
        return None
    characters = Characters(group)
    named = {name: match.span(name) for name, text in match.groupdict().items() if text}

    def number(name: str) -> Integers:
        return characters.number(*named[name])

    if "six" in named:
        year, month = number("six") // 100, number("six") % 100
    elif "a" in named:
        month, year = number("a"), number("b")
        if (month > 12).any():
            month, year = year, month
    elif "month" in named:
        year = number("y3")
        month = np.full(len(year), MONTH_NUMBERS[match["month"]], dtype=np.int64)
    else:
        key = "" if "y" in named else "2"
        month, year = number(f"m{key}"), number(f"y{key}")
    low, high = _BEST_BEFORE_YEARS
    century = np.where(year < 100, year + 2000, year)
    plausible = (century >= 2000 + low) & (century <= 2000 + high)
    days, valid = month_end(century, month)
    if not (valid & plausible).all() and ("a" in named or "month" in named or "six" in named):
        return None
    moments = days * NANOSECONDS_A_DAY
    return Moments(group.positions, moments, valid & plausible, zoned=False)


def is_date_number(shape: str) -> bool:
    """Whether digits of this shape may be a serial day number or an epoch."""
    return _NUMBER.fullmatch(shape) is not None


def split_group(group: ShapeGroup, layout: Layout) -> tuple[Moments | None, Parts | None, Flags]:
    """(moments, or parts with an undecided order; which positions have a real time of day)."""
    characters = Characters(group)
    spans = layout.spans
    if "run" in spans:
        return _split_run(characters, group, spans["run"], layout)

    def number(name: str) -> Integers:
        return characters.number(*spans[name])

    time, timely = _time_of_day(characters, layout)
    if layout.style == "eight":
        style = _zoned_style("eight", layout)
        return None, eight_digits(group.positions, number("eight"), time, style), timely
    if layout.style:
        short = layout.style.endswith("2")
        style = _zoned_style(layout.style, layout)
        a, b, c = number("a"), number("b"), number("c")
        return None, Parts(style, group.positions, time, a, b, c, short=short), timely
    key = next(key for key in ("", "3", "4", "5", "6") if f"y{key}" in spans)
    year = number(f"y{key}")
    if spans[f"y{key}"][1] - spans[f"y{key}"][0] == 2:
        year = with_century(year)
    month = (
        number(f"m{key}") if key in {"", "6"} else np.full(len(year), layout.month, dtype=np.int64)
    )
    days, valid = days_since_epoch(year, month, number(f"d{key}"))
    moments = days * NANOSECONDS_A_DAY + time
    return Moments(group.positions, moments, valid & timely, layout.zoned), None, timely


def _zoned_style(style: str, layout: Layout) -> str:
    return f"{style}z" if layout.zoned else style


def _split_run(
    characters: Characters, group: ShapeGroup, span: tuple[int, int], layout: Layout
) -> tuple[Moments, None, Flags]:
    start, end = span
    days, valid = days_since_epoch(
        characters.number(start, start + 4),
        characters.number(start + 4, start + 6),
        characters.number(start + 6, start + 8),
    )
    time, timely = _clock(
        characters.number(start + 8, start + 10),
        characters.number(start + 10, start + 12),
        characters.number(start + 12, min(start + 14, end)),
    )
    if end - start == 17:
        time = time + characters.number(start + 14, end) * 10**6
    moments = days * NANOSECONDS_A_DAY + time
    return Moments(group.positions, moments, valid & timely, layout.zoned), None, timely


def _clock(hour: Integers, minute: Integers, second: Integers) -> tuple[Integers, Flags]:
    timely = (hour < 24) & (minute < 60) & (second < 60)
    # The end of a day, as ISO 8601 and SAP write it.
    timely |= (hour == 24) & (minute == 0) & (second == 0)
    return (hour * 3600 + minute * 60 + second) * 10**9, timely


def _time_of_day(characters: Characters, layout: Layout) -> tuple[Integers, Flags]:
    """(nanoseconds since midnight less the zone's offset, whether hour and minute are real)."""
    spans = layout.spans
    zeros = np.zeros(len(characters), dtype=np.int64)
    if "clock" in spans:
        start, end = spans["clock"]
        hour, minute = characters.number(start, start + 2), characters.number(start + 2, start + 4)
        second = characters.number(start + 4, end)
    elif "h" in spans:
        hour, minute = characters.number(*spans["h"]), characters.number(*spans["mi"])
        second = characters.number(*spans["sec"]) if "sec" in spans else zeros
    else:
        return zeros, np.ones(len(characters), dtype=bool)
    real_half = np.ones(len(characters), dtype=bool)
    if layout.half:
        real_half = (hour >= 1) & (hour <= 12)
        hour = hour % 12 + (12 if layout.half == "p" else 0)
    time, timely = _clock(hour, minute, second)
    if "frac" in spans:
        start, end = spans["frac"]
        time = time + characters.number(start, end) * 10 ** (9 - (end - start))
    if layout.sign:
        minutes = characters.number(*spans["zh"]) * 60
        if "zm" in spans:
            minutes = minutes + characters.number(*spans["zm"])
        timely = timely & (minutes <= 14 * 60)
        time = time - layout.sign * minutes * 60 * 10**9
    return time, timely & real_half
