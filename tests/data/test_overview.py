"""The overview against a plain count: whatever is asked, map, list, timeline and counts say the same as pandas does."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from bench import synthetic
from data import overview as overviews
from data import saved, schema, snapshot, wordindex
from data.area import distance_km, parse
from data.matrix import matrix
from data.overview import Ask, Overview
from data.store import Store
from extract.errors import StoreError
from geo import cells
from tests.data.plainly import change, fitting, table
from tests.views import small_store
from views import timeline

SYNTHETIC = 700
STEPS = 200


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of these tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overview]:
    """A overview on made-up incidents, a fifth of them merged into events."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('overview') / 'store.db'}") as store:
        synthetic.fill(store, SYNTHETIC)
        yield Overview(store)


@pytest.fixture(scope="module")
def plain(overview: Overview) -> pd.DataFrame:
    """The same incidents as a table."""
    return table(overview.store)


def test_map_list_timeline_and_counts_agree_with_pandas_after_any_steps(
    overview: Overview, plain: pd.DataFrame
) -> None:
    chance, ask = random.Random(5), Ask()
    many = 0
    for _ in range(STEPS):
        # A question that nothing fits is cleared, as a reader would.
        ask = change(chance, ask if len(overview.answer(ask)) else Ask(), plain)
        wanted = fitting(plain, ask)
        answer = overview.answer(ask)
        shown = wanted if ask.every else plain[plain.lead & plain.event.isin(wanted.event)]
        many += len(shown) > 0
        assert answer.incidents == len(wanted), ask
        assert answer.reports == wanted.report_id.nunique()
        assert sorted(answer.held.rows.key[answer.rows].tolist()) == sorted(shown.key), ask
        undrawn = shown[shown.lat.isna() | (shown.where_precision == 6)]
        assert (len(answer.drawn), len(answer.undrawn)) == (len(shown) - len(undrawn), len(undrawn))
        held = answer.held
        points = cells.Points(held.rows.lat, held.rows.lon, held.x, held.y)[answer.drawn]
        drawn = cells.arrange(points, cells.View(3), most=20)
        assert len(drawn.singly) + sum(cell[2] for cell in drawn.cells) == len(answer.drawn)
        assert sum(one.count for one in timeline.bins(answer.starts())) == shown.date_start.notna().sum()
        listed = overview.rows(answer, answer.latest(answer.rows, 30, 10))
        latest = shown.sort_values(["date_start", "key"], ascending=[False, True]).id.tolist()
        assert [row.id for row in listed] == latest[10:40]
    # The steps must not all end in nothing.
    assert many > STEPS / 3


def test_every_value_of_a_filter_leaves_as_many_as_it_says(overview: Overview, plain: pd.DataFrame) -> None:
    chance = random.Random(6)
    for _ in range(12):
        ask = Ask()
        for _ in range(3):
            ask = change(chance, ask, plain)
        facets = overview.answer(ask).facets()
        for name in ("types", "statuses", "countries", "provinces", "publishers", "precisions", "parties"):
            for value in [*facets[name][:3], *facets[name][-2:]]:
                chosen = int(value.value) if name == "precisions" else value.value
                assert len(overview.answer(replace(ask, **{name: (chosen,)}))) == value.count, (name, value, ask)
        assert len(overview.answer(replace(ask, civilians=True))) == facets["civilians"][0].count


def test_the_rows_on_disk_are_the_rows_of_the_store(overview: Overview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "KEPT_FROM", 1)
    read = snapshot.take(overview.store)
    assert (snapshot.folder(overview.store)).is_dir()
    again = snapshot.take(overview.store)
    assert again.rows.names == read.rows.names
    for name in ("key", "lat", "start", "party", "party_row", "party_role", "event", "known_until"):
        np.testing.assert_array_equal(getattr(again.rows, name), getattr(read.rows, name))


def test_damaged_files_are_made_anew(overview: Overview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "KEPT_FROM", 1)
    whole = snapshot.take(overview.store).rows
    for file in snapshot.folder(overview.store).glob("rows-*/lat.npy"):
        file.unlink()
        file.write_bytes(b"not an array")
    np.testing.assert_array_equal(snapshot.take(overview.store).rows.lat, whole.lat)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Store]:
    """A small store that a test adds to."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    small_store.build(url)
    with Store.open(url) as store:
        yield store


def test_what_is_added_or_decided_later_is_seen_and_the_past_stays(
    growing: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data import rows

    monkeypatch.setattr(overviews, "PATIENCE", 0.0)
    overview = Overview(growing)
    assert len(overview.answer(Ask())) == 7
    small_store.add(growing, "Men fought.", small_store.incident("late", "Men fought.", day="2017-01-01"))
    assert len(overview.answer(Ask())) == 8
    with growing.writing() as connection:
        found = rows.by_ids(connection, ["late-1", "airport-1"])
        rows.replace(connection, {found["late-1"].key: {"reviewed": "rejected"}})
        event = rows.new_event(connection, "airport-1")
        rows.assign_events(connection, {"airport-1": event, "raqqa-late-1": event}, {event: "raqqa-late-1"})
    assert len(overview.answer(Ask())) == 6
    assert len(overview.answer(Ask(every=True))) == 7
    assert len(overview.answer(Ask(reviewed=("rejected",)))) == 1
    # An event is shown by its lead where any of its incidents fits.
    (lead,) = overview.rows(overview.answer(Ask(words="airport")), overview.answer(Ask(words="airport")).rows)
    assert lead.id == "raqqa-late-1"
    assert len(overview.answer(Ask(as_of=dt.date(2000, 1, 1)))) == 0
    fresh = Overview(growing)
    assert len(fresh.answer(Ask())) == 6


@pytest.mark.parametrize(
    "day, grade",
    [
        ("2019-12-31", None),
        ("2020-01-01", "weak"),
        ("2020-01-02", "fair"),
        ("2020-01-03", None),
        ("2020-01-04", "confirmed"),
    ],
)
def test_the_grade_of_a_past_day_is_the_one_known_then(tmp_path: Path, day: str, grade: str | None) -> None:
    moments = [dt.datetime(2020, 1, n, 12) for n in (1, 2, 3, 4)]
    past = zip(moments[1:], ("weak", "fair", None), strict=True)
    with Store.open(f"sqlite:///{tmp_path / 's.db'}") as store:
        with store.writing() as connection:
            made = {"id": "evt-1", "created_at": moments[0], "grade": "confirmed"}
            connection.execute(sa.insert(schema.events), [made])
            rows = [{"event_id": "evt-1", "known_until": until, "grade": name} for until, name in past]
            connection.execute(sa.insert(schema.past_grades), rows)
        found = snapshot.past_grades(store, dt.date.fromisoformat(day))
    assert list(found.values()) == ([grade] if grade else [])


def test_blamed_and_claimant_are_roles_of_their_own(tmp_path: Path) -> None:
    text = "Russia blamed Turkey for the strike."
    by = small_store.actor(text, ("military-of-turkey", "Turkish army", "military"), "perpetrator", "Turkey", "Russia")
    claims = [{"speaker": "Russia", "stance": "blames", "about": "turkey", "text": text, "span": by["span"]}]
    with Store.open(f"sqlite:///{tmp_path / 's.db'}") as store:
        small_store.add(store, text, small_store.incident("x", text, day="2016-01-01", actors=[by], claims=claims))
        overview = Overview(store)
        russia = "government-of-russia"
        for party, role, expected in (
            ("turkey", "blamed", 1),
            ("military-of-turkey", "blamed", 1),
            ("military-of-turkey", "perpetrator", 1),
            ("turkey", "target", 0),
            (russia, "claimant", 1),
            (russia, "either", 0),
        ):
            assert len(overview.answer(Ask(parties=(party,), role=role))) == expected, (party, role)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "asked, expected",
    [
        ("airport", "airport"),
        ("", ""),
        ("   ", ""),
        ('"; DROP TABLE words; --', "DROP TABLE words"),
        ("Deir ez-Zor", "Deir ez Zor"),
        ("NEAR(a b)", "NEAR a b"),
        ("*^:-", ""),
        ("🙂", ""),
        ("قصف", "قصف"),
    ],
)
def test_no_word_is_read_as_an_operator(asked: str, expected: str) -> None:
    found = wordindex.phrase(asked)
    assert found.replace('"', "").replace(" *", "") == expected
    assert found.count('"') % 2 == 0


@pytest.mark.parametrize(
    "words, expected",
    [
        ("airport", 1),
        ("AIRPORT sat", 1),
        ("raqqa", 2),
        ("Raqqa-late", 1),
        ("deir ez-zor", 1),
        ("jets wire", 0),
        ("!!", 0),
        ("bombed market", 2),
    ],
)
def test_words_are_found_in_title_text_and_place(growing: Store, words: str, expected: int) -> None:
    assert len(Overview(growing).answer(Ask(words=words, every=True))) == expected


@pytest.mark.parametrize(
    "text, inside, outside",
    [
        ("c:35.0,40.0;50", (35.2, 40.2), (35.6, 40.0)),
        ("c:0,179.9;50", (0.1, -179.9), (0.0, 179.0)),
        ("p:34,39;36,39;36,41;34,41", (35.0, 40.0), (36.5, 40.0)),
        ("p:-5,175;5,175;5,-175;-5,-175", (0.0, 179.0), (0.0, 170.0)),
        ("l:20;34,39;34,42;36,42", (34.1, 40.0), (34.4, 40.0)),
        ("l:20;34,39;34,42;36,42", (35.5, 42.1), (35.5, 41.5)),
    ],
)
def test_areas(text: str, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    area = parse(text)
    assert area
    assert parse(area.text()) == area
    lat, lon = (np.array([inside[axis], outside[axis], np.nan]) for axis in (0, 1))
    assert area.holds(lat, lon).tolist() == [True, False, False]


@pytest.mark.parametrize(
    "text", ["", "c:", "c:1,2", "c:95,0;5", "c:1,2;-5", "c:1,2;nan", "p:1,2;3,4", "l:5;1,2", "x:1,2;3", "c:1,2,3;4"]
)
def test_what_is_no_area(text: str) -> None:
    assert parse(text) is None


def test_distance() -> None:
    assert distance_km(np.array([35.2854]), np.array([40.176]), 33.3152, 44.3661)[0] == pytest.approx(444, abs=3)


def test_the_matrix_counts_each_pair_as_the_filters_would(overview: Overview) -> None:
    found = matrix(overview.answer(Ask()))
    assert len(found.by) > 3
    for i, by in enumerate(found.by):
        for j, against in enumerate(found.against):
            assert len(overview.answer(Ask(parties=(by,), against=(against,)))) == found.counts[i][j]


def test_saved_views_come_back_and_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    assert saved.views() == {}
    saved.save("  Deir\n ez-Zor ", "party=x")
    saved.save('<b>"', "role=target")
    assert saved.views() == {"Deir ez-Zor": "party=x", '<b>"': "role=target"}
    saved.forget("Deir ez-Zor")
    assert list(saved.views()) == ['<b>"']
    (tmp_path / "views.json").write_text("[1", "utf-8")
    with pytest.raises(StoreError, match="cannot be read"):
        saved.views()
