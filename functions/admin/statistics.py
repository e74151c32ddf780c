"""Route: figures of the company."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, Field

from stockwarden.administration.statistics import Count, Statistics
from stockwarden.bootstrap.admin import statistics_service
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer

router = Router()


class Figures(BaseModel):
    """Numbers as of `as_of`. Estimated ones may be off: SQS approximates, and what is counted one
    after another, until `until`, may change meanwhile."""

    as_of: str
    until: str
    estimated: bool


class Administrators(Figures):
    enabled: int


class ItemFigures(Figures):
    """Of the catalog."""

    total: int
    by_status: dict[str, int]


class QueueFigures(Figures):
    """Messages of both queues: that wait, that are being worked on, that are to wait later.
    Their age is the alarm UploadsWait's."""

    waiting: int
    in_flight: int
    delayed: int


class DeadLetterFigures(Figures):
    waiting: int


class UserFigures(Figures):
    total: int
    by_role: dict[str, int]
    by_status: dict[str, int]


class ReportFigures(Figures):
    total: int
    by_status: dict[str, int]


class WarehouseFigures(Figures):
    total: int


class AnomalyFigures(Figures):
    """Of the newest snapshot of each warehouse, and of reports without one."""

    total: int
    by_status: dict[str, int]
    by_priority: dict[str, int]


class StorageFigures(Figures):
    """By folder, all kept versions: `uploads`, `drop`, `quarantine`, `analyses`, `exports`."""

    bytes: int
    bytes_by_folder: dict[str, int]
    files_by_folder: dict[str, int]


class CompanyStatistics(BaseModel):
    """The figures that are null are counted for the first time within the hour."""

    administrators: Administrators
    items: ItemFigures
    queue: QueueFigures
    dead_letters: DeadLetterFigures
    users: UserFigures | None
    reports: ReportFigures | None
    warehouses: WarehouseFigures | None
    anomalies: AnomalyFigures | None
    storage: StorageFigures | None = Field(description="In the inventory bucket.")


@router.get(
    "/admin/statistics",
    tags=["Administration"],
    summary="See the figures of the company",
    openapi_extensions=may_answer(503),
)
def get_statistics(caller: CurrentCaller) -> CompanyStatistics:
    """Takes an administrator. Administrators, items, the queue and dead letters are read at the
    request; the others are counted once an hour, or in several runs where there is much. Each says
    as of when it is, and whether it is estimated."""
    return _view(statistics_service().read(caller))


def _view(found: Statistics) -> CompanyStatistics:
    now, counted = found.asked_at, found.counted
    return CompanyStatistics(
        administrators=Administrators(
            as_of=now, until=now, estimated=False, enabled=found.administrators
        ),
        items=ItemFigures(
            as_of=now,
            until=now,
            estimated=False,
            total=sum(found.items.values()),
            by_status=dict(found.items),
        ),
        queue=QueueFigures(as_of=now, until=now, estimated=True, **vars(found.queue)),
        dead_letters=DeadLetterFigures(
            as_of=now, until=now, estimated=True, waiting=found.dead_letters
        ),
        users=_users(counted) if counted else None,
        reports=_reports(counted) if counted else None,
        warehouses=_warehouses(counted) if counted else None,
        anomalies=_anomalies(counted) if counted else None,
        storage=_storage(counted) if counted else None,
    )


def _when(counted: Count) -> dict[str, str | bool]:
    return {"as_of": counted.begun_at, "until": counted.ended_at, "estimated": True}


def _users(counted: Count) -> UserFigures:
    roles, statuses = counted.by("users/role"), counted.by("users/status")
    return UserFigures.model_validate(
        {**_when(counted), "total": sum(roles.values()), "by_role": roles, "by_status": statuses}
    )


def _reports(counted: Count) -> ReportFigures:
    statuses = counted.by("reports/status")
    return ReportFigures.model_validate(
        {**_when(counted), "total": sum(statuses.values()), "by_status": statuses}
    )


def _warehouses(counted: Count) -> WarehouseFigures:
    total = sum(counted.by("warehouses").values())
    return WarehouseFigures.model_validate({**_when(counted), "total": total})


def _anomalies(counted: Count) -> AnomalyFigures:
    statuses, priorities = counted.by("anomalies/status"), counted.by("anomalies/priority")
    return AnomalyFigures.model_validate(
        {
            **_when(counted),
            "total": sum(statuses.values()),
            "by_status": statuses,
            "by_priority": priorities,
        }
    )


def _storage(counted: Count) -> StorageFigures:
    sizes, files = counted.by("storage/bytes"), counted.by("storage/files")
    return StorageFigures.model_validate(
        {
            **_when(counted),
            "bytes": sum(sizes.values()),
            "bytes_by_folder": sizes,
            "files_by_folder": files,
        }
    )
