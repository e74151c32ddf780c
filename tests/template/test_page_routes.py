"""The CloudFront function that serves the page at all its addresses, run by Node."""

import json
import subprocess

import pytest

from tools.template import resources


@pytest.mark.parametrize(
    ("address", "served"),
    [
        ("/", "/index.html"),
        ("/reports/rep_1", "/index.html"),
        ("/pallets/OIL%200.5-L", "/index.html"),
        ("/pallets/SKU-1%20%7C%20L1%20%7C%20A.01", "/index.html"),
        ("/index.html", "/index.html"),
        ("/openapi.json", "/openapi.json"),
        ("/assets/index-1a2b.js", "/assets/index-1a2b.js"),
    ],
)
def test_a_file_is_served_as_it_is_and_any_other_address_is_the_page(address, served):
    (function,) = resources("AWS::CloudFront::Function").values()
    code = function["Properties"]["FunctionCode"]
    event = json.dumps({"request": {"uri": address}})
    script = f"{code}\nconsole.log(handler({event}).uri)"
    answer = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True)  # noqa: S607
    assert answer.stdout.strip() == served
