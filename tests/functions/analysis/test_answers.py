"""Answers to questions in one or several requests, and answers given in advance."""

import pytest

from tests.support.gateway import multipart
from tests.support.reports import AS_OF, CSV, arrive, create, deliver, drain, get, send, state

TWICE_ASKED = b"""Ref;Spot;Seen;Text
P-0001;RECV-01;01/02/2025;Apples
P-0002;RECV-02;02/03/2025;Pears
"""
DAYS = b"""Pallet ID,Location,Received At
P-0001,RECV-01,01/02/2025
P-0002,RECV-02,02/03/2025
"""
GROUPED = b"""Pallet ID,Location,Quantity
P-0001,RECV-01,"1,234"
P-0002,RECV-02,"2,345"
"""
# No encoding makes words of these letters.
DOUBTFUL = b"""Pallet ID,Location,Description
P-0001,RECV-01,x\xd0y\xdez
P-0002,RECV-02,q\xf0w\xfe
"""
NAMELESS = b"hola1,hola2,hola3,hola4\n" + b"".join(
    b"P-%04d,RECV-%02d,2025-01-02T0%d:00,Apples\n" % (n, n % 3, n % 9) for n in range(12)
)
MAPPING = {"Pallet ID": "pallet_id", "Location": "location", "Received At": "creation_date"}


def analyzed(body, **request):
    new_report = create(**request)
    deliver(arrive(new_report, "inventory", body))
    return state(new_report["report_id"])


def put(report, **answers):
    response = send("PUT", f"/reports/{report['id']}/mapping", json=answers)
    assert response.status == 202, response.body
    assert drain() == []
    return state(report["id"])


def test_date_order_alone_is_accepted():
    report = analyzed(DAYS, as_of="2025-09-01", column_mapping=MAPPING)
    assert report["status"] == "needs_mapping"
    report = put(report, date_order="DMY")
    assert report["status"] == "ready", report["reason"]
    assert (report["column_mapping"], report["date_order"]) == (MAPPING, "DMY")
    report = put(report, column_mapping={})
    assert (report["column_mapping"], report["date_order"]) == (MAPPING, "DMY")


def test_columns_may_be_mapped_in_several_requests():
    report = analyzed(TWICE_ASKED, as_of="2025-09-01")
    report = put(report, column_mapping={"Ref": "pallet_id"})
    report = put(report, column_mapping={"Seen": "location"})
    report = put(report, column_mapping={"Spot": "location"}, date_order="MDY")
    report = put(report, column_mapping={"Seen": "creation_date"})
    assert report["status"] == "ready", report["reason"]
    expected = {"Ref": "pallet_id", "Spot": "location", "Seen": "creation_date"}
    assert expected.items() <= report["column_mapping"].items()
    assert report["date_order"] == "MDY"


def test_mapping_completes_what_is_sure_and_replaces_it_if_told():
    report = analyzed(CSV, column_mapping={**MAPPING, "Description": "description"})
    report = put(report, column_mapping=MAPPING)
    sure = {"Description": "description", "Receipt Number": "receipt_number"}
    assert report["column_mapping"] == {**MAPPING, **sure}
    report = put(report, column_mapping=MAPPING, replace=True)
    assert report["column_mapping"] == MAPPING


def questions_by_id(report):
    """{question id: question} of the report's preview."""
    preview = get(f"/reports/{report['id']}/preview").json
    return {question["id"]: question for question in preview["questions"]}


def test_questions_are_answered_by_their_ids():
    report = analyzed(NAMELESS)
    assert report["status"] == "needs_mapping"
    questions = questions_by_id(report)
    location = questions["field:location"]
    assert (location["kind"], location["field"], location["optional"]) == (
        "field", "location", False,
    )  # fmt: skip
    assert questions["field:creation_date"]["optional"] is True
    assert {"value": "hola2", "label": "hola2", "samples": ["RECV-00", "RECV-01", "RECV-02"]} in (
        location["choices"]
    )
    report = put(report, answers={"field:pallet_id": "hola1"})
    assert report["status"] == "needs_mapping"
    assert "field:pallet_id" not in questions_by_id(report)
    report = put(report, answers={"field:location": "hola2", "field:creation_date": "hola3"})
    assert report["status"] == "ready", report["reason"]
    assert report["column_mapping"] == {
        "hola1": "pallet_id", "hola2": "location", "hola3": "creation_date",
    }  # fmt: skip
    assert questions_by_id(report) == {}


def test_answer_completes_the_confident_mapping():
    report = analyzed(CSV.replace(b"Location", b"Spot"))
    assert questions_by_id(report).keys() == {"field:location"}
    report = put(report, answers={"field:location": "Spot"})
    assert report["status"] == "ready"
    sure = {"Received At": "creation_date", "Receipt Number": "receipt_number"}
    assert {**sure, "Spot": "location"}.items() <= report["column_mapping"].items()


def test_replace_drops_the_confident_mapping():
    report = analyzed(CSV)
    only = {"Pallet ID": "pallet_id"}
    report = put(report, column_mapping=only, replace=True)
    assert report["status"] == "needs_mapping"
    assert questions_by_id(report).keys() == {"field:location"}
    report = put(report, answers={"field:location": "Location"})
    assert report["column_mapping"] == {**only, "Location": "location"}


def test_date_order_question_is_answered_by_its_id():
    report = analyzed(DAYS, as_of="2025-09-01")
    question = questions_by_id(report)["date_order"]
    assert [(choice["value"], choice["samples"][0]) for choice in question["choices"]] == [
        ("DMY", "01/02/2025 = 2025-02-01"), ("MDY", "01/02/2025 = 2025-01-02"),
    ]  # fmt: skip
    report = put(report, answers={"date_order": "MDY"})
    assert (report["status"], report["date_order"]) == ("ready", "MDY")


def test_number_format_question_is_answered_by_its_id_and_learned():
    report = analyzed(GROUPED)
    question = questions_by_id(report)["number_format"]
    assert (question["field"], question["column"]) == ("quantity", "Quantity")
    assert [(choice["value"], choice["samples"][0]) for choice in question["choices"]] == [
        ("1,234.56", "1,234 = 1234"), ("1.234,56", "1,234 = 1.234"),
    ]  # fmt: skip
    report = put(report, answers={"number_format": "1,234.56"}, save_as="Ours")
    assert (report["status"], report["number_format"]) == ("ready", "1,234.56")
    again = analyzed(GROUPED.replace(b"1,234", b"3,456"))
    assert (again["status"], again["number_format"]) == ("ready", "1,234.56")
    assert again["saved_mapping"]["applied"]


def test_number_format_alone_is_accepted_and_checked():
    report = analyzed(GROUPED)
    path = f"/reports/{report['id']}/mapping"
    response = send("PUT", path, json={"number_format": "comma"})
    assert response.status == 422
    assert put(report, number_format="1.234,56")["status"] == "ready"


def test_answer_is_merged_with_a_saved_mapping():
    iso = DAYS.replace(b"01/02/2025", b"2025-02-21").replace(b"02/03/2025", b"2025-03-22")
    taught = put(analyzed(iso, as_of="2025-09-01"), column_mapping=MAPPING)
    assert taught["date_order"] is None
    report = analyzed(DAYS, as_of="2025-09-01")
    assert questions_by_id(report).keys() == {"date_order"}
    assert report["status"] == "needs_mapping"
    report = put(report, answers={"date_order": "DMY"})
    assert report["status"] == "ready", report["reason"]
    assert (report["date_order"], report["saved_mapping"]["applied"]) == ("DMY", True)


WRONG = [
    ({"field:weight": "hola1"}, "/answers/field:weight", "field:pallet_id"),
    ({"scope": "part"}, "/answers/scope", "Nothing is asked"),
    ({"a/b~": "x"}, "/answers/a~1b~0", "Nothing is asked"),
    ({"field:location": "hola9"}, "/answers/field:location", "hola1, hola2"),
    ({"field:location": ""}, "/answers/field:location", "has to be answered"),
    ({"field:location": None}, "/answers/field:location", "has to be answered"),
    (
        {"field:location": "hola1", "field:pallet_id": "hola1"},
        "/answers/field:pallet_id",
        "two questions",
    ),
]


@pytest.mark.parametrize(("answers", "pointer", "words"), WRONG)
def test_invalid_answer_is_refused_and_changes_nothing(answers, pointer, words):
    report = analyzed(NAMELESS)
    response = send("PUT", f"/reports/{report['id']}/mapping", json={"answers": answers})
    assert response.status == 422
    (error,) = response.json["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]
    assert state(report["id"])["version"] == report["version"]


def test_invalid_date_order_is_named_with_valid_ones():
    report = analyzed(DAYS, as_of="2025-09-01")
    path = f"/reports/{report['id']}/mapping"
    response = send("PUT", path, json={"answers": {"date_order": "YDM"}})
    assert response.status == 422
    assert "DMY, MDY" in response.json["errors"][0]["detail"]


def test_new_mapping_runs_all_rules_again():
    report = analyzed(CSV)
    every = set(report["rule_versions"])
    path = f"/reports/{report['id']}/reanalysis"
    assert send("POST", path, json={"rules": ["missing-location"]}).status == 202
    drain()
    assert set(state(report["id"])["rule_versions"]) == {"missing-location"}
    assert set(put(report, column_mapping=MAPPING)["rule_versions"]) >= every - {"lot-straggler"}


def test_a_reanalysis_needs_no_body():
    report = analyzed(CSV)
    assert send("POST", f"/reports/{report['id']}/reanalysis").status == 202
    drain()
    assert state(report["id"])["status"] == "ready"


def test_the_given_as_of_is_shown_from_the_start():
    new_report = create()
    assert new_report["report"]["as_of"] == AS_OF
    assert state(new_report["report_id"])["as_of"] == AS_OF
    assert get("/reports").json["reports"][0]["as_of"] == AS_OF


@pytest.mark.parametrize("as_of", ["0001-01-01", "1969-12-31T23:00:00", "9999-12-31"])
def test_implausible_as_of_is_refused(as_of):
    report = analyzed(CSV)
    path = f"/reports/{report['id']}/reanalysis"
    body, headers = multipart({"inventory_file": ("a.csv", CSV, "text/csv"), "as_of": as_of})
    for answer in (
        send("POST", path, json={"as_of": as_of}),
        send("POST", "/reports", body=body, headers=headers),
    ):
        assert answer.status == 422
        assert answer.json["errors"][0]["pointer"] == "/as_of"
        assert "1970" in answer.json["errors"][0]["detail"]
        assert "2200" in answer.json["errors"][0]["detail"]


@pytest.mark.parametrize("answers", [{"answers": {"encoding": "cp1251"}}, {"encoding": "cp1251"}])
def test_encoding_is_asked_and_remembered_with_the_mapping(answers):
    report = analyzed(DOUBTFUL, as_of="2025-09-01")
    assert report["status"] == "needs_mapping"
    (question,) = get(f"/reports/{report['id']}/preview").json["questions"]
    assert question["kind"] == "encoding"
    ready = put(report, **answers)
    assert ready["status"] == "ready"
    preview = get(f"/reports/{report['id']}/preview").json
    assert preview["sample_rows"][0][2] == "xРyЮz"
    # The next file of the same kind is read alike, and a file that is no text is not asked so.
    again = analyzed(DOUBTFUL, as_of="2025-09-02")
    assert (again["status"], again["saved_mapping"]["applied"]) == ("ready", True)
    assert get(f"/reports/{again['id']}/preview").json["sample_rows"][0][2] == "xРyЮz"


def test_encoding_that_the_file_cannot_have_is_refused_with_the_reason():
    report = put(analyzed(GROUPED, as_of="2025-09-01"), encoding="cp1252")
    assert report["status"] == "needs_mapping"
    assert "leaves nothing to choose" in report["reason"]
