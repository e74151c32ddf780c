"""The merged OpenAPI document: complete; contradicting functions raise an error."""

import pytest
from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import create_model

from stockwarden.core.config import Settings
from stockwarden.http.api import create_api
from stockwarden.http.openapi import merge_documents


def document(*apis):
    return merge_documents(apis, title="Test", version="1", description="d")


def api_of(path="/other", function="other", kind=str, *, public=False):
    """An API with one route that returns a model named Stored."""
    router = Router()
    model = create_model("Stored", name=(kind, ...), version=(int, ...))

    def route():
        return None

    route.__name__ = function
    route.__annotations__ = {"return": model}
    router.get(path, tags=["Other"], summary="Other")(route)
    return create_api(Settings(), public=[router]) if public else create_api(Settings(), router)


def test_routes(api):
    merged = document(api)
    assert merged["openapi"] == "3.1.0"
    assert merged["servers"] == [{"url": "/api/v1"}]
    assert sorted(merged["paths"]["/things"]) == ["get", "post"]
    assert "/things/{thing_id}" in merged["paths"]
    assert not [path for path in merged["paths"] if ";" in path or path.startswith("/api")]
    create = merged["paths"]["/things"]["post"]
    assert create["operationId"] == "create_thing"
    assert create["description"] == "Makes a thing."
    assert sorted(create["requestBody"]["content"]) == ["application/json", "multipart/form-data"]
    assert " ".join(create["responses"]) == "201 400 401 403 406 409 413 415 422 425 500 503"
    change = merged["paths"]["/things/{thing_id}"]["put"]
    assert {"404", "412"} <= set(change["responses"])
    assert "If-Match" in [parameter["name"] for parameter in change["parameters"]]
    assert merged["paths"]["/things/{thing_id}"]["delete"]["responses"]["204"] == {
        "description": "No Content"
    }


def test_conventions(api):
    merged = document(api)
    read = merged["paths"]["/things"]["get"]
    assert read["responses"]["304"] == {"$ref": "#/components/responses/NotModified"}
    assert "If-None-Match" in [parameter["name"] for parameter in read["parameters"]]
    assert read["responses"]["200"]["headers"].keys() == {"ETag"}
    change = merged["paths"]["/movements/{movement_id}"]["patch"]
    assert {"412", "428"} <= change["responses"].keys()
    assert sorted(change["requestBody"]["content"]) == [
        "application/json",
        "application/merge-patch+json",
    ]
    create = merged["paths"]["/movements"]["post"]
    assert {"400", "425"} <= create["responses"].keys()
    (key,) = create["parameters"]
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)
    assert "428" not in merged["paths"]["/things/{thing_id}"]["put"]["responses"]


def test_every_header_of_an_answer_is_described(api):
    components = document(api)["components"]
    for status, header in ((415, "Accept"), (429, "RateLimit"), (412, "ETag"), (405, "Allow")):
        assert header in components["responses"][f"Problem{status}"]["headers"]
        assert components["headers"][header]["description"]


def test_every_reference_resolves(api):
    merged = document(api)

    def references(node):
        if isinstance(node, dict):
            for key, value in node.items():
                if key == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(node, list):
            for entry in node:
                yield from references(entry)

    for reference in set(references(merged)):
        node = merged
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]
    assert not {"HTTPValidationError", "ResponseValidationError"} & set(
        merged["components"]["schemas"]
    )


def test_public_routes_need_no_token():
    operation = document(api_of(public=True))["paths"]["/other"]["get"]
    assert operation["security"] == []
    assert "401" not in operation["responses"]


def test_the_same_model_twice_is_one(api):
    assert "Stored" in document(api, api_of())["components"]["schemas"]


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        ({"kind": int}, "models are called Stored"),
        ({"path": "/things"}, "functions answer GET /things"),
        ({"function": "list_things"}, "routes are called list_things"),
    ],
)
def test_contradictions(api, other, complaint):
    with pytest.raises(ValueError, match=complaint):
        document(api, api_of(**other))
