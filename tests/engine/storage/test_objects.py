import pytest

from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.storage import clients
from stockwarden.storage.objects import Objects


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
    assert objects.read_range("uploads/r/a.csv", 2, 3) == b"con"


def test_what_is_absent(objects):
    assert objects.facts("nothing") is None
    with pytest.raises(NotFound):
        objects.read("nothing", max_bytes=10)


def test_a_large_object_is_refused_unread(objects):
    objects.put("big", b"x" * 11, "text/csv")
    with pytest.raises(TooLarge):
        objects.read("big", max_bytes=10)


def test_a_prefix_is_deleted_with_every_version(objects):
    for _ in range(2):
        objects.put("uploads/r/a.csv", b"one", "text/csv")
    objects.put("uploads/rest/b.csv", b"two", "text/csv")
    objects.client.delete_object(Bucket=objects.bucket, Key="uploads/r/a.csv")
    objects.delete_prefix("uploads/r/")
    left = objects.client.list_object_versions(Bucket=objects.bucket)
    assert [entry["Key"] for entry in left["Versions"]] == ["uploads/rest/b.csv"]
    assert "DeleteMarkers" not in left
    with pytest.raises(ValueError, match="whole bucket"):
        objects.delete_prefix("/")


def test_a_presigned_post_holds_key_and_size(objects):
    post = objects.presigned_post("uploads/r/a.csv", max_bytes=100)
    assert post.fields["key"] == "uploads/r/a.csv"
    assert objects.bucket in post.url
    assert {"policy", "x-amz-signature", "x-amz-credential"} <= set(post.fields)
