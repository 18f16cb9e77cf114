"""Files of every kind, good, bad and hostile, by their bytes."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import random
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.read import archive, columns
from extract.read.child import Child
from extract.read.file import count, files, read_file, read_stream
from extract.read.records import Defaults, Refusal
from extract.records import Report
from tests.extract import samples

DAY = dt.date(2022, 6, 7)
# Kinds that tell no day or no publisher of their own.
UNDATED, UNNAMED = {"a.txt", "a.pdf", "a.docx"}, {"a.txt", "a.pdf", "a.docx"}


def read(data: bytes, name: str, defaults: Defaults | None = None) -> list[Report | Refusal]:
    return list(read_stream(io.BytesIO(data), name, defaults=defaults))


def told(items: list[Report | Refusal]) -> list[str]:
    return [item.title or item.text[:20] if isinstance(item, Report) else item.reason for item in items]


@pytest.mark.parametrize("name", samples.FILES)
def test_every_kind_gives_the_report_in_it(name: str) -> None:
    (report,) = read(samples.FILES[name], name)
    assert isinstance(report, Report)
    text = " ".join(report.text.split())
    assert samples.FIRST in text
    assert samples.SECOND in text
    assert "alert(" not in text
    assert "newsletter" not in text
    assert report.title == (None if name in ("a.txt", "a.json") else samples.TITLE)
    assert report.published == (None if name in UNDATED else DAY)
    assert report.publisher == (None if name in UNNAMED else "Dnipro Herald")


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx", "a.parquet", "a.rss", "a.warc.gz", "a.zip"])
def test_the_bytes_tell_the_kind_before_the_name(name: str) -> None:
    (report,) = read(samples.FILES[name], "report.txt")
    assert isinstance(report, Report)
    assert "Saltivka district" in report.text


def test_a_page_keeps_its_address_in_an_archive() -> None:
    pages = [
        ("https://news.example.org/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        ("https://news.example.org/gone", "404 Not Found", "text/html", samples.PAGE.encode()),
        ("https://news.example.org/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://news.example.org/empty", "200 OK", "text/html", b"<html><body></body></html>"),
        (samples.URL, "200 OK", "text/html", samples.PAGE.encode()),
    ]
    refused, report = read(samples.warc(pages), "a.warc.gz")
    assert isinstance(report, Report)
    assert report.url == samples.URL
    assert told([refused]) == ["https://news.example.org/empty: holds no article text"]


@pytest.mark.parametrize(
    "data, name, reason",
    [
        (b"%PDF-1.4 nothing", "a.pdf", "cannot be parsed"),
        (samples.pdf(""), "a.pdf", "holds no text; a scan needs"),
        (b"no pdf at all", "a.pdf", "is named .pdf but holds something else"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.docx", "old Office programs"),
        (samples.zipped({"xl/workbook.xml": "<x/>"}), "a.xlsx", "a spreadsheet"),
        (samples.zipped({"word/document.xml": "<x/>"}), "a.docx", "cannot be parsed"),
        (b"\x89PNG\r\n", "a.txt", "a picture"),
        (b"Homs\x00was hit", "a.md", "holds bytes that no text has"),
        (b"PAR1 broken PAR1", "a.parquet", "is a Parquet file that cannot be read"),
        (samples.parquet({"body": ["x"]}), "a.parquet", "has no column 'text' (columns: 'body')"),
        (b"\x1f\x8b\x08\x00broken", "a.jsonl.gz", "cannot be unpacked"),
        (b"WARC/1.0\r\nbroken", "a.warc", "the file holds no report"),
        (b'<rss version="2.0"><channel><title>x</title></channel></rss>', "a.xml", "has no entries"),
        (b"<note>x</note>", "a.xml", "neither RSS nor Atom"),
        (b"[1, 2", "a.json", "is not JSON"),
        (b'{"a": 1}', "a.json", "holds no list of reports"),
        (b"no head at all\n\nText.", "a.eml", "has no head of a mail"),
        (b"<html><body><nav>Home</nav></body></html>", "a.html", "holds no article text"),
        (b"x" * 20_000_001, "a.html", "is larger than 20,000,000 bytes"),
        (samples.zipped({}), "a.zip", "the file holds no report"),
        (samples.zipped({"b.zip": samples.zipped({"a.txt": "x"})}), "a.zip", "within an archive"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, name: str, reason: str) -> None:
    (refusal,) = read(data, name)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_bad_members_of_an_archive_leave_the_others() -> None:
    members: dict[str, bytes | str] = {
        "../../etc/a.txt": "Homs was shelled.",
        "b.pdf": b"%PDF broken",
        "c/d.docx": samples.word(),
        "__MACOSX/c.txt": "junk",
        "rows.jsonl": '{"text": "Raqqa was hit."}\n{',
    }
    items = read(samples.zipped(members), "a.zip")
    assert [type(item).__name__ for item in items] == ["Report", "Refusal", "Report", "Report", "Refusal"]
    assert [item.source for item in items if isinstance(item, Refusal)] == ["a.zip!/b.pdf", "a.zip!/rows.jsonl"]


def test_a_locked_member_is_refused_alone() -> None:
    raw = bytearray(samples.zipped({"a.txt": "Homs was shelled.", "b.txt": "Raqqa was hit."}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    refused, report = read(bytes(raw), "a.zip")
    assert isinstance(refused, Refusal)
    assert "encrypted" in refused.reason
    assert isinstance(report, Report)


@pytest.mark.parametrize(
    "wrap", [lambda raw: samples.zipped({"a.jsonl": raw, "b.txt": "Homs was hit."}), gzip.compress]
)
def test_a_bomb_is_stopped_early(wrap, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(archive, "FREE", 1_000_000)
    items = read(wrap(b"\n" * 30_000_000), "a.jsonl")
    assert all(isinstance(item, Refusal) for item in items)
    assert "far more than reports do" in told(items)[0]


@pytest.mark.parametrize("seconds, memory, reason", [(0.01, 2 << 30, "took longer"), (30, 64 << 20, "memory")])
def test_a_document_beyond_its_limits_is_refused_and_the_next_is_read(seconds: float, memory: int, reason: str) -> None:
    child = Child(seconds=seconds, memory=memory)
    raw = b"<html><body>" + b"<div><p>Shells hit Kharkiv.</p>" * 300_000
    with pytest.raises(InputError, match=reason):
        child.rows("page", raw)
    child._seconds, child._memory = 30, 2 << 30
    assert child.rows("page", samples.PAGE.encode())[0]["title"] == samples.TITLE
    child.close()


def test_a_feed_of_entities_within_entities_is_bounded() -> None:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    raw = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{inner}]><rss><channel><item><title>&e11;</title>'
    assert sum(len(title) for title in told(read(raw.encode(), "a.rss"))) < 1000


def test_folders_and_patterns_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "in/a.html", "in/c.exe", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(samples.FILES.get(Path(name).name, b"Homs was shelled."))
    items = list(read_file(tmp_path))
    assert told(items)[:2] == ["Homs was shelled.", samples.TITLE]
    assert [Path(item.source).name for item in items if isinstance(item, Refusal)] == ["c.exe"]
    assert count(tmp_path) == 3
    assert [path.name for path in files(tmp_path / "*.txt")] == ["b.txt"]
    assert [path.name for path in files(f"{tmp_path}/**/*.html")] == ["a.html"]


FOREIGN = {"Headline": "Shelling", "Body": "Homs was shelled.", "seendate": "20220607T051500Z", "domain": "example.org"}
CHOSEN = {"text": "Body", "title": "Headline", "published": "seendate", "publisher": "domain"}


@pytest.mark.parametrize(
    "data, name",
    [
        (json.dumps(FOREIGN).encode(), "a.jsonl"),
        (json.dumps({"articles": [FOREIGN]}).encode(), "a.json"),
        ((",".join(FOREIGN) + "\n" + ",".join(FOREIGN.values())).encode(), "a.csv"),
        (("\t".join(FOREIGN) + "\n" + "\t".join(FOREIGN.values())).encode(), "a.tsv"),
        (samples.parquet({name: [value] for name, value in FOREIGN.items()}), "a.parquet"),
    ],
)
def test_columns_of_other_names(data: bytes, name: str) -> None:
    (report,) = read(data, name, Defaults(columns=lambda names: CHOSEN if "Body" in names else {}))
    assert isinstance(report, Report)
    assert (report.text, report.title, report.published, report.publisher) == (
        "Homs was shelled.",
        "Shelling",
        DAY,
        "example.org",
    )
    (refusal,) = read(data, name)
    assert isinstance(refusal, Refusal)


@pytest.mark.parametrize(
    "value, expected",
    [
        ("20220607T051500Z", "2022-06-07"),
        ("20220607", "2022-06-07"),
        (20220607051500, "2022-06-07"),
        (1654578900, "2022-06-07"),
        ("1654578900000", "2022-06-07"),
        ("Tue, 07 Jun 2022 05:15:00 GMT", "2022-06-07"),
        ("2022-06-07T05:15:00", "2022-06-07T05:15:00"),
        ("07/06/2022", "07/06/2022"),
        ("soon", "soon"),
    ],
)
def test_dates_of_machines(value: object, expected: str) -> None:
    assert columns.machine_date(value) == expected


@pytest.mark.parametrize("text", ["body", "words=Body", "text=", "=x"])
def test_a_column_choice_that_is_none(text: str) -> None:
    with pytest.raises(InputError):
        columns.choice(text)


def damaged(raw: bytes, rng: random.Random) -> bytes:
    """The bytes with a few changed, lost or put in, or the end cut off."""
    made = bytearray(raw)
    for _ in range(rng.choice([1, 3, 20])):
        place = rng.randrange(len(made))
        end = place + rng.choice([0, 1, 1, rng.randrange(50), len(made)])
        made[place:end] = rng.randbytes(rng.choice([0, 1, 1, 20]))
        made = made or bytearray(b"x")
    return bytes(made)


@pytest.mark.parametrize("name", samples.FILES)
def test_damaged_files_are_read_or_refused_and_nothing_else(name: str) -> None:
    rng = random.Random(name)
    for _ in range(60):
        items = read(damaged(samples.FILES[name], rng), rng.choice([name, "x.txt"]))
        assert items
        assert all(isinstance(item, Report | Refusal) for item in items)
