"""Lists the locations of a report with their occupancy and anomalies, for a map."""

import json
import re

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.identity.access import Caller
from stockwarden.snapshots.model import ReportLocation, ReportLocations
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor
from stockwarden.storage.objects import Objects

# One read of this many bytes holds a hundred locations at least; most take a tenth of it.
_STRETCH = 256 * 2**10
_NUMBER = re.compile(r"[0-9]{1,11}")


class LocationService:
    def __init__(self, access: ReportAccess, objects: Objects) -> None:
        self.access = access
        self.objects = objects

    def list_locations(
        self, caller: Caller, report_id: str, cursor: str | None, limit: int
    ) -> ReportLocations:
        """One page of locations, by code. Raises NotFound for a report that the caller may not
        see, Conflict for one without a location file."""
        view = self.access.find(caller, report_id)
        if view.generation is None:
            raise Conflict("The report has not been analyzed yet.")
        scope = f"places|{view.partition}"
        start, total = map(int, decode_cursor(scope, cursor, 2, _NUMBER.fullmatch) or (0, 0))
        stretch = self._read(object_keys.locations_key(report_id, view.generation), start)
        lines = stretch[:_STRETCH].split(b"\n")[:-1]
        has_more = len(stretch) > _STRETCH
        try:
            if start == 0:
                total = int(lines[0])
                lines, start = lines[1:], len(lines[0]) + 1
            page_lines = lines[:limit]
            locations = [ReportLocation(**json.loads(line)) for line in page_lines]
        except (ValueError, TypeError, IndexError):
            raise damaged_cursor() from None
        stop = start + sum(len(line) + 1 for line in page_lines)
        is_last = not has_more and len(page_lines) == len(lines)
        return ReportLocations(
            report_id=report_id,
            total=total,
            locations=locations,
            next_cursor=None if is_last else encode_cursor(scope, [str(stop), str(total)]),
        )

    def _read(self, key: str, start: int) -> bytes:
        """Reads the range and one byte more, which tells whether the file continues."""
        absent = "The report was analyzed by an earlier version; analyze it again."
        try:
            return self.objects.read_range(key, start, _STRETCH + 1, absent)
        except NotFound as missing:
            raise Conflict(missing.detail) from missing
