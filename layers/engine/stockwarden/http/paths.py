"""The paths of the API: what all have in front, and what the form routes have behind."""

BASE_PATH = "/api/v1"
MULTIPART = ";multipart"


def without_base(path: str) -> str:
    """`/api/v1/reports;multipart` → `/reports`."""
    return path.removesuffix(MULTIPART).removeprefix(BASE_PATH)
