"""ETags, the answers to If-None-Match, and the ETag of a refused change."""

import pytest

from tests.support.gateway import USER, call
from tests.support.problems import ALWAYS, problem


def etag_of(handler, path, **options):
    return call(handler, "GET", path, **options).headers["etag"]


@pytest.mark.parametrize("path", ["/movements/7", "/things"])
@pytest.mark.parametrize(
    "header", ["{}", "W/{}", '"x", {}', '"x" , W/{},"y"', "*", ' "1" ,{}'], ids=str
)
def test_what_the_client_has_is_not_sent_again(handler, movement, path, header):
    etag = etag_of(handler, path)
    response = call(handler, "GET", path, headers={"If-None-Match": header.format(etag)})
    assert (response.status, response.body) == (304, "")
    assert response.headers["etag"] == etag
    assert "content-type" not in response.headers
    assert ALWAYS.items() <= response.headers.items()


@pytest.mark.parametrize("header", ['"1"', '"0.{}"', "{}", '"x"', "", "W/", '"*"'])
def test_another_tag_gets_the_answer(handler, movement, header):
    digest = etag_of(handler, movement).strip('"').partition(".")[2]
    headers = {"If-None-Match": header.format(digest)}
    assert call(handler, "GET", movement, headers=headers).json["name"] == "first"


def test_lists_in_several_lines_count_as_one(handler, movement):
    event_headers = {"if-none-match": "W/" + etag_of(handler, movement) + ', "x"'}
    assert call(handler, "GET", movement, headers=event_headers).status == 304


def test_the_tag_changes_with_the_answer_although_the_version_does_not(handler):
    short, long = etag_of(handler, "/things?limit=1"), etag_of(handler, "/things?limit=2")
    assert short != long
    assert etag_of(handler, "/things?limit=1") == short


def test_a_change_answers_the_tag_that_the_next_read_has(handler, movement):
    etag = etag_of(handler, movement)
    options = {"json": {"name": "second"}, "headers": {"If-Match": etag}}
    changed = call(handler, "PATCH", movement, **options)
    assert changed.version == 2
    assert changed.headers["etag"] == etag_of(handler, movement) != etag


@pytest.mark.parametrize("tag", ['"1.0123456789abcdef"', '"1"', "1"])
def test_only_the_version_of_a_tag_counts_for_a_change(handler, movement, tag):
    options = {"json": {"name": "second"}, "headers": {"If-Match": tag}}
    assert call(handler, "PATCH", movement, **options).status == 200


@pytest.mark.parametrize("tag", ['"9"', '"0.0123456789abcdef"', 'W/"1"', '"abc"'])
@pytest.mark.parametrize(("method", "below"), [("PATCH", ""), ("POST", "/lines")])
def test_a_refused_change_answers_the_current_tag(handler, movement, method, below, tag):
    options = {"json": {"name": "second"}, "headers": {"If-Match": tag}}
    response = call(handler, method, movement + below, **options)
    problem(response, 412)
    assert response.headers["etag"] == etag_of(handler, movement)


def test_a_refused_change_of_what_cannot_be_read_has_no_tag(handler, raised):
    response = call(handler, "PUT", "/things/7", json={"name": "x"}, headers={"If-Match": "x"})
    problem(response, 412)
    assert "etag" not in response.headers


@pytest.mark.parametrize("status", [404, 422])
def test_an_error_has_no_tag(handler, status):
    path = {404: "/nothing", 422: "/things?limit=0"}[status]
    response = call(handler, "GET", path, headers={"If-None-Match": "*"}, caller=USER)
    problem(response, status)
    assert "etag" not in response.headers
