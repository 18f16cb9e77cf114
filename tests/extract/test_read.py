"""Files of reports, good and bad, by their bytes."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.read.fields import MAX_BYTES, day
from extract.read.file import check, read_file, read_stream
from extract.read.records import Defaults, Refusal
from extract.records import Report

Outcome = tuple[object, ...]
STRIKE = "Two shells hit Kharkiv's Saltivka district."


def read(data: bytes | str, name: str, defaults: Defaults | None = None) -> list[Report | Refusal]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(raw), name, defaults=defaults))


def outcomes(data: bytes | str, name: str) -> list[str]:
    """Texts of the reports; line and reason of the refusals."""
    return [i.text if isinstance(i, Report) else f"{i.line}: {i.reason}" for i in read(data, name)]


def test_all_fields_of_a_line() -> None:
    row = {
        "id": "a1",
        "text": STRIKE,
        "title": "Shelling",
        "published": "2022-03-01T10:15:00+02:00",
        "publisher": "Local paper",
        "url": "https://example.org/a",
        "language": "en",
    }
    expected = Report("a1", STRIKE, "Shelling", dt.date(2022, 3, 1), "Local paper", "https://example.org/a", "en")
    assert read(json.dumps(row), "x.jsonl") == [expected]
    table = ",".join(row) + "\n" + ",".join(f'"{value}"' for value in row.values())
    assert read(table, "x.csv") == [expected]
    assert read(table.replace(",", ";"), "x.CSV") == [expected]


DEFAULTS = Defaults(published=dt.date(2016, 9, 17), publisher="Agency", title="Strike")


@pytest.mark.parametrize(
    "data, name, expected",
    [
        (STRIKE, "x.txt", ("Strike", dt.date(2016, 9, 17), "Agency")),
        (
            json.dumps({"text": STRIKE, "title": "Own", "published": "2020-01-02"}),
            "x.jsonl",
            ("Own", dt.date(2020, 1, 2), "Agency"),
        ),
        (
            json.dumps({"text": STRIKE, "title": " ", "published": None}),
            "x.jsonl",
            ("Strike", dt.date(2016, 9, 17), "Agency"),
        ),
    ],
)
def test_defaults_fill_what_is_missing(data: str, name: str, expected: Outcome) -> None:
    (report,) = read(data, name, DEFAULTS)
    assert isinstance(report, Report)
    assert (report.title, report.published, report.publisher) == expected


@pytest.mark.parametrize(
    "data, name, expected",
    [
        (b"", "x.txt", ["1: 'text' is blank"]),
        (b"", "x.jsonl", ["1: the file holds no report"]),
        (b"", "x.csv", ["1: the first row has no column 'text' (columns: none)"]),
        (b"\n \n", "x.jsonl", ["1: the file holds no report"]),
        (b"text\n", "x.csv", ["1: the file holds no report"]),
        (b"id,body\n1,x\n", "x.csv", ["1: the first row has no column 'text' (columns: 'id', 'body')"]),
        ("\ufeffHoms was shelled.", "x.txt", ["Homs was shelled."]),
        ("\ufefftext\nHoms was shelled.\n", "x.csv", ["Homs was shelled."]),
        ("Raqqa\r\nwas hit.\n", "x.txt", ["Raqqa\r\nwas hit.\n"]),
        ("Homs was shelled.".encode("utf-16"), "x.txt", ["1: the file is UTF-16; save it as UTF-8 text"]),
        ("text\nHoms".encode("utf-16"), "x.csv", ["1: the file is UTF-16; save it as UTF-8 text"]),
        (b"PK\x03\x04...", "x.jsonl", ["1: is a damaged zip archive (File is not a zip file)"]),
        (
            "Shelling.\nTuzla, près".encode("latin-1"),
            "x.txt",
            ["2: is not UTF-8 text (byte 0xe8); save the file as UTF-8"],
        ),
        (
            b'{"text": "Tuzla"}\n{"text": "pr\xe8s"}\n{"text": "Homs"}',
            "x.jsonl",
            ["Tuzla", "2: is not UTF-8 text; save the file as UTF-8", "Homs"],
        ),
        (b"text\nTuzla\npr\xe8s\nHoms\n", "x.csv", ["Tuzla", "3: is not UTF-8 text; save the file as UTF-8", "Homs"]),
        (
            b'{"text": "Tuzla"}\n{"text": "Ho\n[1]\n{"text": "Homs"}',
            "x.jsonl",
            [
                "Tuzla",
                "2: is not JSON: Invalid control character at column 13",
                "3: is not a JSON object",
                "Homs",
            ],
        ),
        (b'{"title": "x"}', "x.jsonl", ["1: has no 'text'"]),
        (b'{"text": 5}', "x.jsonl", ["1: 'text' is a number, not text"]),
        (b'{"text": ["a"]}', "x.jsonl", ["1: 'text' is a list, not text"]),
        (b'{"text": "  "}', "x.jsonl", ["1: 'text' is blank"]),
        (b'{"text": "12 34 ..."}', "x.jsonl", ["1: 'text' holds no letters"]),
        (b'{"text": "Homs", "title": {"a": 1}}', "x.jsonl", ["1: 'title' is an object, not text"]),
        (b'{"text": "Homs", "id": true}', "x.jsonl", ["1: 'id' is true or false, not text"]),
        (
            b'{"text": "Homs", "published": "2016-02-30"}',
            "x.jsonl",
            ["1: 'published': '2016-02-30' is not a date that exists (day is out of range for month)"],
        ),
        (
            b'{"text": "Homs", "published": "17/09/2016"}',
            "x.jsonl",
            ["1: 'published': '17/09/2016' is not an ISO 8601 date or date-time such as 2016-09-17"],
        ),
        (b'{"text": "Homs", "published": 20160917}', "x.jsonl", ["1: 'published' is a number, not text"]),
        (
            b'text,title\n"Homs\nwas hit",a\nRaqqa,b,c\nAleppo,d\n',
            "x.csv",
            ["Homs\nwas hit", "4: has 3 fields where the first row names 2", "Aleppo"],
        ),
        (b'text\nRaqqa\n"Homs\n', "x.csv", ["Raqqa", "3: is not CSV: unexpected end of data"]),
        (b"text,title\n\nRaqqa,\n,,\n", "x.csv", ["Raqqa"]),
    ],
)
def test_bad_rows_are_named_and_the_rest_is_read(data: bytes | str, name: str, expected: list[str]) -> None:
    assert outcomes(data, name) == expected


@pytest.mark.parametrize("name, head", [("x.jsonl", b""), ("x.csv", b"text\n")])
def test_a_line_of_five_megabytes_is_refused_alone(name: str, head: bytes) -> None:
    quote = (b'{"text": "', b'"}\n') if name == "x.jsonl" else (b'"', b'"\n')
    rows = [quote[0] + text + quote[1] for text in (b"Homs", b"a" * 5_000_000, b"Raqqa")]
    assert outcomes(head + b"".join(rows), name) == [
        "Homs",
        f"{2 + head.count(10)}: is longer than 1,000,000 bytes, the most that one line may hold",
        "Raqqa",
    ]


def test_a_text_file_of_five_megabytes_is_refused() -> None:
    expected = f"1: the text is longer than {MAX_BYTES:,} bytes, the most that one report may hold"
    assert outcomes(b"a" * 5_000_000, "x.txt") == [expected]


def test_deep_brackets_and_endless_numbers_are_refused() -> None:
    refused = outcomes(b"[" * 100_000 + b"\n" + b'{"text": ' + b"9" * 10_000 + b"}", "x.jsonl")
    assert [line.split(":")[0] for line in refused] == ["1", "2"]


def test_a_missing_id_is_made_from_the_content() -> None:
    def made(**row: str) -> str:
        (report,) = read(json.dumps({"text": STRIKE, **row}), "x.jsonl")
        assert isinstance(report, Report)
        return report.id

    assert made() == made() == made(language="en") == made(id=" ")
    assert len({made(), made(title="a"), made(publisher="a"), made(published="2022-03-01"), made(text="Homs")}) == 5
    assert made(id="own") == "own"


def test_offsets_survive_characters_that_cannot_be_stored() -> None:
    (report,) = read(b'{"text": "Ho\\ud83dms \\u0000 \\ud83d\\ude00 Raqqa"}', "x.jsonl")
    assert isinstance(report, Report)
    assert report.text == "Ho\ufffdms \ufffd \U0001f600 Raqqa"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2016-09-17", dt.date(2016, 9, 17)),
        (" 2016-09-17 ", dt.date(2016, 9, 17)),
        ("2016-09-17T23:30:00-05:00", dt.date(2016, 9, 17)),
        ("2016-09-17 23:30", dt.date(2016, 9, 17)),
        ("2016-09-17T10:00:00Z", dt.date(2016, 9, 17)),
        ("2016-9-17", None),
        ("20160917", None),
        ("2016-W37-6", None),
        ("Sept 17", None),
        ("2016-13-01", None),
        ("2016-09-17T25:00", None),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("٢٠١٦-٠٩-١٧", None),
    ],
)
def test_days(text: str, expected: dt.date | None) -> None:
    if expected:
        assert day(text) == expected
        return
    with pytest.raises(InputError):
        day(text)


@pytest.mark.parametrize("name", ["missing.txt", "folder.txt", "report.xlsm", "noending", "*.txt.old"])
def test_what_cannot_be_opened_is_an_error_of_the_call(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "report.xlsm").write_text("x")
    with pytest.raises(InputError):
        check(tmp_path / name)


def test_a_file_is_read_as_its_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Homs was shelled."}\nno\n')
    report, refusal = read_file(path)
    assert isinstance(report, Report)
    assert str(refusal) == f"{path}, line 2: is not JSON: Expecting value at column 1"
