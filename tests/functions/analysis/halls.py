"""A warehouse of forty pallets, half of them stagnant, and files that hold parts of it."""

from tests.support.gateway import USER
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, get, send, state

HEADER = "Pallet ID,Location,Received At,Receipt Number,Description\n"
LAYOUT = [
    {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 10},
    {"location_pattern": "{001..009}{A..D}", "location_type": "STORAGE", "capacity": 1},
]
STUCK = [f"P-{n:02},RECV-0{n % 4 + 1},2025-01-05T08:00:00,R-{n},Apples" for n in range(20)]
STORED = [
    f"S-{n:02},00{n // 4 + 1}{'ABCD'[n % 4]},2025-01-04T08:00:00,T-{n},Figs" for n in range(20)
]
WHOLE = [*STUCK, *STORED]


def hall(name="Central", **request):
    """Creates a warehouse with the default limit for parts; returns its id."""
    return create_warehouse(name=name, layout=LAYOUT, **{"part_below": 0.5, **request})["id"]


def announce(warehouse, day, rows, *, caller=USER, **request):
    """Uploads a file of that day of January, 8:00; returns (report id, arrival message)."""
    new_report = create(
        warehouse_id=warehouse, as_of=f"2025-01-{day:02}T08:00:00Z", caller=caller, **request
    )
    body = HEADER + "".join(f"{row}\n" for row in rows)
    return new_report["report_id"], arrive(new_report, "inventory", body.encode())


def submit(warehouse, day, rows, **request):
    """Uploads a file and analyzes it; returns the report, which may await an answer."""
    report_id, message = announce(warehouse, day, rows, **request)
    assert deliver(message) == []
    assert drain() == []
    return state(report_id)


def ready(warehouse, day, rows, **request):
    report = submit(warehouse, day, rows, **request)
    assert report["status"] == "ready", report["reason"]
    return report["id"]


def question(report_id, caller=USER):
    """The only question of the report's preview."""
    (question_asked,) = get(f"/reports/{report_id}/preview", caller=caller).json["questions"]
    return question_asked


def answer(report_id, value, caller=USER, **options):
    return send(
        "PUT",
        f"/reports/{report_id}/mapping",
        json={"answers": {"scope": value}},
        caller=caller,
        **options,
    )


def answered(report_id, value):
    """Answers the scope question; returns the report after its analysis."""
    response = answer(report_id, value)
    assert response.status == 202, response.body
    assert drain() == []
    return state(report_id)
