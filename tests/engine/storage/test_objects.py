import base64
import json

import pytest
from botocore.exceptions import EndpointConnectionError

from stockwarden.core.errors import NotFound, TooLarge, Unavailable
from stockwarden.storage import clients
from stockwarden.storage.clients import reachable
from stockwarden.storage.objects import Objects, ObjectVersion


@pytest.fixture
def objects(aws):
    return Objects(clients.s3(), aws["BUCKET"])


def test_put_read_and_facts(objects):
    objects.put("uploads/r/a.csv", b"one", "text/csv")
    first = objects.facts("uploads/r/a.csv")
    objects.put("uploads/r/a.csv", b"second", "text/csv")
    assert first.size == 3
    assert objects.facts("uploads/r/a.csv").size == 6
    assert objects.read("uploads/r/a.csv", first.version_id, max_bytes=10) == b"one"
    assert objects.read("uploads/r/a.csv", max_bytes=10) == b"second"
    assert objects.read_range("uploads/r/a.csv", 2, 3, "none") == b"con"
    assert objects.read_range("uploads/r/a.csv", 6, 3, "none") == b""


def test_absent_objects(objects):
    assert objects.facts("nothing") is None
    with pytest.raises(NotFound):
        objects.read("nothing", max_bytes=10)
    with pytest.raises(NotFound, match="There is no such thing"):
        objects.read_range("nothing", 0, 10, "There is no such thing.")


def test_a_large_object_is_refused_without_reading_it(objects):
    objects.put("big", b"x" * 11, "text/csv")
    with pytest.raises(TooLarge):
        objects.read("big", max_bytes=10)


def test_a_prefix_is_deleted_with_every_version(objects):
    for _ in range(2):
        objects.put("uploads/r/a.csv", b"one", "text/csv")
    objects.put("uploads/rest/b.csv", b"two", "text/csv")
    objects.client.delete_object(Bucket=objects.bucket, Key="uploads/r/a.csv")
    objects.delete_prefix("uploads/r/")
    remaining = objects.client.list_object_versions(Bucket=objects.bucket)
    assert [entry["Key"] for entry in remaining["Versions"]] == ["uploads/rest/b.csv"]
    assert "DeleteMarkers" not in remaining
    with pytest.raises(ValueError, match="whole bucket"):
        objects.delete_prefix("/")


def test_versions_are_deleted_one_by_one(objects):
    for body in (b"one", b"second"):
        objects.put("uploads/r/a.csv", body, "text/csv")
    newest = objects.facts("uploads/r/a.csv")
    (older,) = [v for v in objects.versions("uploads/r/") if v.version_id != newest.version_id]
    objects.delete_versions([ObjectVersion("uploads/r/a.csv", newest.version_id)])
    objects.delete_versions([])
    assert objects.versions("uploads/r/") == [older]
    assert objects.facts("uploads/r/a.csv").size == 3


def test_a_presigned_form_fixes_key_type_and_size(objects):
    form = objects.presigned_post("uploads/r/a.csv", content_type="text/csv", max_bytes=10)
    assert form.fields["key"] == "uploads/r/a.csv"
    assert form.fields["Content-Type"] == "text/csv"
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    assert ["content-length-range", 1, 10] in policy["conditions"]
    assert {"Content-Type": "text/csv"} in policy["conditions"]


def test_a_bucket_that_does_not_answer_is_unavailable():
    with pytest.raises(Unavailable), reachable("The file store"):
        raise EndpointConnectionError(endpoint_url="http://localhost")


def test_an_object_is_created_only_where_there_is_none(objects):
    assert objects.create("heads/a.json", b"one", "application/json")
    assert not objects.create("heads/a.json", b"two", "application/json")
    assert objects.read("heads/a.json", max_bytes=10) == b"one"


def test_keys_and_folders_below_a_prefix(objects):
    for name in ("heads/b:1/2", "heads/b:1/1", "heads/a/1", "headless/1"):
        objects.put(name, b"x", "text/plain")
    assert list(objects.keys("heads/b:1/")) == ["heads/b:1/1", "heads/b:1/2"]
    assert list(objects.keys("heads/b:1/", after="heads/b:1/1")) == ["heads/b:1/2"]
    assert list(objects.folders("heads/")) == ["a", "b:1"]
    assert list(objects.keys("nothing/")) == []
