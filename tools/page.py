"""Publishes the built page (web/dist) and docs/openapi.json to a stack's web bucket.

python -m tools.page --stack NAME
"""

import argparse
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.template import ROOT

DIST = ROOT / "web" / "dist"
OPENAPI = ROOT / "docs" / "openapi.json"
_ENTRY = "index.html"
# Built names hold a hash of their content; what keeps its name is asked for again each time.
_HASHED = "assets/"


def publish(s3: Any, bucket: str) -> None:
    """Uploads all files, the entry page last, so that no page names a missing file.

    Files of earlier builds stay: a page that is open somewhere may still ask for them.
    Raises FileNotFoundError if the page is not built.
    """
    for key, path in [*_files(), ("openapi.json", OPENAPI), (_ENTRY, DIST / _ENTRY)]:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=path.read_bytes(),
            ContentType=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            CacheControl="public, max-age=31536000, immutable"
            if key.startswith(_HASHED)
            else "no-cache",
        )


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted(DIST.rglob("*")):
        key = path.relative_to(DIST).as_posix()
        if path.is_file() and key != _ENTRY:
            yield key, path


def main() -> None:
    import boto3

    parser = argparse.ArgumentParser(description="Publish the page.")
    parser.add_argument("--stack", required=True)
    stack = parser.parse_args().stack
    (description,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in description["Outputs"]}
    publish(boto3.client("s3"), outputs["WebBucketName"])
    print(f"The page is at {outputs['AppUrl']}")


if __name__ == "__main__":
    main()
