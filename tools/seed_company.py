"""The company that `seed_plan.py` makes a history for, and what that consists of."""

from dataclasses import dataclass, field
from datetime import datetime

from stockwarden.audit.entry import Change
from stockwarden.identity.access import Role
from stockwarden.operations.report_log import Run

# (first and last name, role, language, day on which the account was made)
PEOPLE = (
    ("Ingrid Vos", Role.ADMIN, "en", 0),
    ("Tomás Rey", Role.ADMIN, "es", 0),
    ("Marta Soler", Role.MANAGER, "es", 0),
    ("Daan Bakker", Role.MANAGER, "en", 0),
    ("Noor Visser", Role.OPERATOR, "en", 1),
    ("Sem de Jong", Role.OPERATOR, "en", 1),
    ("Lucía Ferrer", Role.OPERATOR, "es", 1),
    ("Pau Gil", Role.OPERATOR, "es", 3),
    ("Anouk Smit", Role.OPERATOR, "en", 8),
    ("Elena Ortiz", Role.VIEWER, "es", 2),
    ("Joris Meijer", Role.VIEWER, "en", 5),
    ("Fenna Kok", Role.MEMBER, "en", 9),
    ("Álvaro Nieto", Role.MEMBER, "es", 12),
)
LEAVER = "joris.meijer"
WAREHOUSES = (
    (
        "Rotterdam distribution centre",
        "Europe/Amsterdam",
        "daan.bakker",
        {
            "noor.visser": "operator",
            "sem.de.jong": "operator",
            "anouk.smit": "operator",
            "joris.meijer": "viewer",
            "fenna.kok": "viewer",
        },
    ),
    (
        "Valencia cold store",
        "Europe/Madrid",
        "marta.soler",
        {
            "lucia.ferrer": "manager",
            "pau.gil": "operator",
            "elena.ortiz": "viewer",
            "alvaro.nieto": "operator",
        },
    ),
)


@dataclass(frozen=True)
class SeededPerson:
    """`joined` is when the account was made; `left` when it was disabled, if it was."""

    username: str
    name: str
    role: Role
    language: str
    user_id: str
    joined: datetime
    left: datetime | None = None

    @property
    def email(self) -> str:
        return f"{self.username}@example.com"

    def works_at(self, moment: datetime) -> bool:
        return self.joined <= moment and (self.left is None or moment < self.left)


@dataclass(frozen=True)
class SeededWarehouse:
    """`owner` is a user name, `members` {user name: role there}."""

    id: str
    name: str
    timezone: str
    owner: str
    members: dict[str, str]
    founded: datetime


@dataclass(frozen=True)
class SeededEntry:
    """An audit entry: who did what, when and from where."""

    id: str
    moment: datetime
    actor: str
    change: Change
    source: str
    via: str


@dataclass(frozen=True)
class SeededRun:
    """`run` ended at `ended`."""

    run: Run
    ended: datetime


@dataclass
class Plan:
    people: list[SeededPerson] = field(default_factory=list)
    warehouses: list[SeededWarehouse] = field(default_factory=list)
    entries: list[SeededEntry] = field(default_factory=list)
    runs: list[SeededRun] = field(default_factory=list)


def username_of(name: str) -> str:
    plain = name.lower().translate(str.maketrans("áéíóúñ", "aeioun"))
    return plain.replace(" ", ".")
