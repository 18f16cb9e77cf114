"""Bad input over all that takes input: ``python -m tests.fuzz [--number N] [TARGET…]``; a short run is in the suite.

Each target takes what hypothesis draws and may answer with Dateline's own errors alone. Anything else, and whatever
takes longer than its limit, fails and is told in its smallest form.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from data import reference
from data.exchange import load
from data.overview import Overview
from data.store import Store
from extract.errors import DatelineError, InputError
from extract.read import fields, queries
from extract.read.file import rows_of
from extract.read.records import Defaults, Refusal, Row
from geo import contract, locate
from geo.geocoder import GazetteerGeocoder
from tests.data.exchange import test_import
from tests.extract import samples
from tests.views import small_store
from views import address

# Seconds that one input may take on a busy machine; a child that parses a document has 30 of its own.
LONGEST_S = 60

NASTY = (
    "<script>x</script>", "${x}", "`x`", "=1+1", "\u202e", "\x00", "\ufeff", "\U0001f4a3", "ﷺ", "İ", "ß", "\u0301" * 9,
    "9" * 400, "-1", "1e999", "NaN", "0,0", "31 February 2016", "2016-02-30", "00/00/0000", "٣١", "½", "\r\n", "\\",
    "'", '"', "%", "\t", "{", "]", "(" * 50, "a" * 2000, "((", "|", "&#0;", "\u2028",
)  # fmt: skip
NEWS = (
    "Russian", "aircraft", "bombed", "the market", "in", "Aleppo", "on", "Tuesday", "killing", "12", "civilians",
    "said", "the ministry", "denied", "10 km north of", "between", "and", "near the airport of", "Raqqa", ".", ",",
    "’s", "was", "killed", "wounded", "no", "fewer than", "a dozen", "by", "Islamic State", "who", "claims", "35N 40E",
    "17 September 2016", "since 2011", "if", "may", "attack", "their", "the group", "“", "”", "–", "Mr.", "U.S.",
    "\n\n",
)  # fmt: skip
words = st.one_of(st.sampled_from(NEWS), st.sampled_from(NASTY), st.text(max_size=12))
texts = st.lists(words, max_size=40).map(" ".join) | st.lists(words, max_size=20).map("".join) | st.text(max_size=200)
blanks = st.none() | texts
cells = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, st.lists(texts, max_size=2))


@st.composite
def broken(draw: Callable[[SearchStrategy[Any]], Any], originals: SearchStrategy[bytes]) -> bytes:
    """Bytes of an original with some of them changed, cut out, put in or repeated."""
    raw = bytearray(draw(originals))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        match draw(st.integers(0, 4)):
            case 0:
                raw[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                del raw[at : at + draw(st.integers(1, 60))]
            case 2:
                raw[at:at] = draw(st.binary(max_size=20))
            case 3:
                raw[at:at] = draw(st.sampled_from(NASTY)).encode("utf-8", "surrogatepass")
            case _:
                del raw[at:]
    return bytes(raw)


def files(name: str, data: bytes) -> None:
    """Files of every kind, damaged, under their own names or others'."""
    for item in rows_of(io.BytesIO(data), name):
        assert isinstance(item, Row | Refusal)


def rows(row: dict[str, Any]) -> None:
    """Fields of any type where a report is expected."""
    made = fields.report(row, Defaults())
    assert made.text.strip()
    assert made.id


def reader(text: str, title: str | None, published: str | None) -> None:
    """Texts that are no news, or news gone wrong."""
    report = fields.report({"text": text, "title": title, "published": published}, Defaults())
    said = contract.reading(_reader().read(report))
    json.dumps(said, allow_nan=False).encode()
    for one in said["incidents"]:
        for span in one["evidence"]:
            assert 0 <= span["start"] < span["end"] <= len(report.text)
        assert one["place"] is None or one["place"]["lat"] is None or -90 <= one["place"]["lat"] <= 90


def geocoder(name: str, country: str, admin1: str | None, near: str, point: tuple[float, float]) -> None:
    """Names, countries and points that are none."""
    geopy = _geocoder()
    here = _or_none(lambda: queries.point(near))
    known = _or_none(lambda: queries.country(country))
    for one in locate.lookup(geopy.gazetteer, name, country=known, admin1=admin1, near=here, limit=3):
        json.dumps(contract.candidate(one), allow_nan=False)
    geopy.geocode(name)
    geopy.reverse(point)


def importers(name: str, data: bytes) -> None:
    """Tables and maps of others, damaged."""
    with tempfile.TemporaryDirectory() as folder, Store.open("sqlite://") as store:
        path = Path(folder) / name
        path.write_bytes(data)
        for item in load.load(path, store, name="fuzz", order="day-first"):
            assert isinstance(item, load.Stored | Refusal)


def link(params: dict[str, list[str]]) -> None:
    """Addresses typed by hand or made up: what is read can be asked and written, and is read again as the same."""
    look, complaints = address.read(params)
    again, none = address.read(address.write(look))
    assert again == look, (look, again)
    assert none == []
    assert all(isinstance(one, str) for one in complaints)
    answer = _overview().answer(look.ask)
    assert len(answer.drawn) + len(answer.undrawn) == len(answer)


@dataclass(frozen=True, slots=True)
class Target:
    """A function with what it takes, and its share of all inputs: quick ones get more."""

    run: Callable[..., None]
    takes: dict[str, SearchStrategy[Any]]
    share: float


def _tables() -> Iterator[bytes]:
    for row in (test_import.ACLED, test_import.UCDP, test_import.AIRWARS):
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, fieldnames=list(row))
        writer.writeheader()
        writer.writerows([row, row])
        yield out.getvalue().encode()
    yield json.dumps({"type": "FeatureCollection", "features": [test_import.POINT]}).encode()


_KINDS = tuple(samples.FILES.items())
# Those that are parsed in a process of their own cost a hundred times as much; they come less often, not never.
_QUICK = tuple(item for item in _KINDS if not item[0].endswith((".pdf", ".docx", ".html", ".warc", ".zip", ".warc.gz")))
_values = st.one_of(st.sampled_from(("islamic-state", "target", "SY", "2016-09-17", "34.5,40,6", "c:34,40;50")), texts)

TARGETS: dict[str, Target] = {
    "link": Target(
        link,
        {
            "params": st.dictionaries(
                st.sampled_from(sorted(address.PARAMETERS)) | texts, st.lists(_values, max_size=4), max_size=6
            )
        },
        0.45,
    ),
    "rows": Target(
        rows,
        {
            "row": st.dictionaries(
                st.sampled_from(("text", "id", "title", "published", "publisher", "url", "language")), cells
            )
        },
        0.2,
    ),
    "geocoder": Target(
        geocoder,
        {
            "name": texts,
            "country": st.sampled_from(("SY", "IQ", "XX", "")) | texts,
            "admin1": blanks,
            "near": st.sampled_from(("34.5,40", "91,0", "nan,nan")) | texts,
            "point": st.tuples(st.floats(-90, 90), st.floats(-400, 400)),
        },
        0.15,
    ),
    "files": Target(
        files,
        {
            "name": st.sampled_from([name for name, _ in _KINDS]) | st.just("x") | texts,
            "data": broken(st.sampled_from([data for _, data in _QUICK] * 6 + [data for _, data in _KINDS])),
        },
        0.13,
    ),
    "importers": Target(
        importers,
        {
            "name": st.sampled_from(("a.csv", "a.geojson", "a.json", "a.jsonl", "a.parquet")),
            "data": broken(st.sampled_from(list(_tables()))),
        },
        0.05,
    ),
    "reader": Target(
        reader,
        {"text": texts, "title": blanks, "published": st.none() | st.dates().map(str) | texts},
        0.02,
    ),
}


def run(name: str, number: int) -> None:
    """So many inputs over a target; raises what the smallest failing one raised."""
    target = TARGETS[name]

    def once(**drawn: Any) -> None:
        with _limited(), _own_errors():
            target.run(**drawn)

    tried = given(**target.takes)(once)
    # Inputs are drawn anew in every run; the limit is the alarm's, as a busy machine would break hypothesis's own.
    set_for = settings(
        max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=False
    )
    set_for(tried)()


@contextmanager
def _limited() -> Iterator[None]:
    def too_long(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {LONGEST_S} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _own_errors() -> Iterator[None]:
    """Dateline's own errors are answers; they must have words."""
    try:
        yield
    except DatelineError as error:
        if not str(error):
            raise AssertionError("an error without a word") from error


def _or_none(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except InputError:
        return None


@cache
def _geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder(reference.open_gazetteer())


@cache
def _reader() -> Any:
    return reference.open_reader()


@cache
def _overview() -> Overview:
    folder = tempfile.mkdtemp(prefix="dateline-fuzz-")
    url = f"sqlite:///{Path(folder) / 'store.db'}"
    small_store.build(url)
    return Overview(Store.open(url))


def main() -> int:
    """Run the targets; the exit status says whether all held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", default=[], metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--number", type=int, default=100_000, help="inputs over all targets (100,000)")
    asked = parser.parse_args()
    failed = 0
    for name in asked.targets or TARGETS:
        number = max(1, round(asked.number * TARGETS[name].share))
        started = time.monotonic()
        try:
            run(name, number)
            said = "held"
        except Exception as error:
            failed += 1
            said = "\n".join([f"FAILED: {type(error).__name__}: {error}"[:2000], *getattr(error, "__notes__", ())])
        print(f"{name:10} {number:7} inputs, {time.monotonic() - started:7.1f} s: {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ.setdefault("DATELINE_HOME", tempfile.mkdtemp(prefix="dateline-fuzz-"))
    sys.exit(main())
