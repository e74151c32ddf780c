"""What stands at `/`: the API reference, made from docs/openapi.json, and that file itself.

python -m tools.page --stack NAME     # publish it to a deployed stack's web bucket
"""

import argparse
import json
from html import escape
from itertools import groupby
from typing import Any

from tools.template import ROOT

OPENAPI = ROOT / "docs" / "openapi.json"
_STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1c2530; background: #fff; }
h2 { margin-top: 2.5rem; }
dt { margin-top: 1rem; font-weight: 600; }
dd { margin-left: 0; }
code { background: #eef1f5; padding: .1rem .35rem; border-radius: .2rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e4e8ee; background: #12161c; }
  code { background: #232a34; }
  a { color: #8ab8ff; }
}
"""


def reference(openapi: dict[str, Any]) -> str:
    """The reference as one HTML document, routes grouped by their tag."""
    operations = sorted(
        (operation["tags"][0], path, method, operation["summary"])
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    )
    base = openapi["servers"][0]["url"]
    sections = "\n".join(
        f"<h2>{escape(tag)}</h2>\n<dl>\n"
        + "\n".join(
            f"<dt><code>{method.upper()} {escape(base + path)}</code></dt>\n"
            f"<dd>{escape(summary)}</dd>"
            for _, path, method, summary in group
        )
        + "\n</dl>"
        for tag, group in groupby(operations, key=lambda entry: entry[0])
    )
    info = openapi["info"]
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(info["title"])} API</title>
<link rel="stylesheet" href="style.css">
<h1>{escape(info["title"])} API {escape(info["version"])}</h1>
<p>{escape(info["description"])}</p>
<p>Everything about each route is in <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
{sections}
</html>
"""


def publish(s3: Any, bucket: str) -> None:
    """Put the reference into the web bucket, for clients to ask again whether it changed."""
    text = OPENAPI.read_text(encoding="utf-8")
    files = {
        "openapi.json": (text, "application/json"),
        "style.css": (_STYLE, "text/css; charset=utf-8"),
        "index.html": (reference(json.loads(text)), "text/html; charset=utf-8"),
    }
    for key, (body, kind) in files.items():
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=body.encode(),
            ContentType=kind,
            CacheControl="no-cache",
        )


def main() -> None:
    import boto3

    parser = argparse.ArgumentParser(description="Publish the API reference.")
    parser.add_argument("--stack", required=True)
    stack = parser.parse_args().stack
    (found,) = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    outputs = {one["OutputKey"]: one["OutputValue"] for one in found["Outputs"]}
    publish(boto3.client("s3"), outputs["WebBucketName"])
    print(outputs["AppUrl"])


if __name__ == "__main__":
    main()
