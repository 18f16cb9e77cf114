"""The doors: where the app may be served, who has which role, and that a viewer writes by no route."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import backup, bulk, events, ingest, parts, review, saved
from data.events import Merger
from data.exchange import load
from data.store import Store
from extract.errors import NotAllowedError
from extract.read.records import Row
from geo import contract
from tests.data import fakes
from tests.views import small_store
from views import doors, state

ROOT = Path(__file__).parents[2]
READING = contract.reading(fakes.reading(fakes.report(9)))
WHO = {"who": "Eve", "reason": "none"}
ROLES = {"editor": ["Ana@example.org"], "reviewer": ["ben@example.org"]}
HEADER = "event_id_cnty,event_date,event_type,sub_event_type,actor1,latitude,longitude,notes"
ROW = "X1,2016-09-17,Battles,Armed clash,Rebels,35.1,40.2,Fighting."


@pytest.mark.parametrize(
    "address, configured, public, served",
    [
        ("127.0.0.1", False, False, True),
        ("127.8.8.8", False, False, True),
        ("localhost", False, False, True),
        ("::1", False, False, True),
        ("0.0.0.0", False, False, False),
        (None, False, False, False),
        ("", False, False, False),
        ("::", False, False, False),
        ("10.1.2.3", False, False, False),
        ("dateline.example.org", False, False, False),
        ("localhost.example.org", False, False, False),
        ("0.0.0.0", True, False, True),
        ("0.0.0.0", False, True, True),
    ],
)
def test_where_the_app_may_be_served(address: str | None, configured: bool, public: bool, served: bool) -> None:
    assert (doors.refusal(address, configured=configured, public=public) is None) is served


@pytest.mark.parametrize(
    "user, role",
    [
        ({}, "nobody"),
        ({"is_logged_in": False, "email": "ana@example.org"}, "nobody"),
        ({"is_logged_in": True}, "viewer"),
        ({"is_logged_in": True, "email": "eve@example.org"}, "viewer"),
        ({"is_logged_in": True, "email": "ana@example.org"}, "editor"),
        ({"is_logged_in": True, "email": "ana@example.org", "email_verified": True}, "editor"),
        ({"is_logged_in": True, "email": "ana@example.org", "email_verified": False}, "viewer"),
        ({"is_logged_in": True, "email": "BEN@example.org"}, "reviewer"),
    ],
)
def test_the_role_of_a_user(user: dict[str, Any], role: str) -> None:
    assert doors.role_of(user, ROLES) == role


def test_the_start_is_refused_at_a_public_address() -> None:
    def start(**settings: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "scripts.door", "0.0.0.0"]
        env = {name: value for name, value in os.environ.items() if name != doors.PUBLIC} | settings
        return subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)

    refused = start()
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "not served at 0.0.0.0 without log-in" in refused.stderr
    assert start(DATELINE_PUBLIC="read").returncode == 0


ROUTES: dict[str, Callable[[Store, Path], object]] = {
    "store.add": lambda store, _: store.add(fakes.report(9), READING),
    "events.add": lambda store, _: events.add(store, fakes.report(9), READING, Merger()),
    "events.reread": lambda store, _: events.reread(store, fakes.report(1), READING, Merger()),
    "review.accept": lambda store, _: review.accept(store, "r1-0", **WHO),
    "review.reject": lambda store, _: review.reject(store, "r1-0", **WHO),
    "review.edit": lambda store, _: review.edit(store, "r1-0", {"killed_low": 1}, **WHO),
    "review.move": lambda store, _: review.move(store, "r1-0", 35.0, 40.0, **WHO),
    "review.parties": lambda store, _: review.parties(store, "r1-0", [], **WHO),
    "review.merge": lambda store, _: review.merge(store, "r1-0", "r2-0", **WHO),
    "review.split": lambda store, _: review.split(store, ["r1-0"], **WHO),
    "review.undo": lambda store, _: review.undo(store, 1, **WHO),
    "bulk.add": lambda store, home: list(bulk.add(str(home / "parts"), store)),
    "exchange.load": lambda store, home: list(load.load(str(home / "rows.csv"), store, name="x", order=None)),
    "backup.restore": lambda store, home: backup.restore(home / "kept.db", store),
}


@pytest.fixture
def viewers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The app's store, with two reports in it, as a viewer's session has it."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with Store.open(url) as opened:
        for number in (1, 2):
            events.add(opened, fakes.report(number), contract.reading(fakes.reading(fakes.report(number))), Merger())
    monkeypatch.setenv("DATELINE_DB", url)
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    monkeypatch.setenv(doors.PUBLIC, "read")
    return state.store()


@pytest.mark.parametrize("route", ROUTES)
def test_a_viewer_writes_by_no_route(viewers: Store, tmp_path: Path, route: str) -> None:
    (tmp_path / "rows.csv").write_text(f"{HEADER}\n{ROW}\n")
    if route == "bulk.add":
        rows = [Row("a", 1, fakes.report(9))]
        list(parts.extract(rows, str(tmp_path / "parts"), lambda left: ingest.extract(left, fakes.FakeReader)))
    if route == "backup.restore":
        with Store.open(f"sqlite:///{tmp_path / 'kept.db'}") as kept:
            kept.add(fakes.report(9), READING)
        # Only an empty store takes a backup.
        viewers = Store.open(f"sqlite:///{tmp_path / 'empty.db'}")
        viewers.guard = doors.guard
    before = viewers.revision()
    with pytest.raises(NotAllowedError, match=r"that takes the role of (reviewer|editor), yours is viewer"):
        ROUTES[route](viewers, tmp_path)
    assert viewers.revision() == before


@pytest.mark.parametrize("route", ["review.accept", "review.undo"])
def test_a_reviewer_decides(viewers: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, route: str) -> None:
    monkeypatch.setattr(doors, "role", lambda: doors.REVIEWER)
    if route == "review.undo":
        ROUTES["review.accept"](viewers, tmp_path)
    ROUTES[route](viewers, tmp_path)


@pytest.mark.parametrize("route", ["store.add", "events.add", "events.reread"])
def test_a_reviewer_adds_by_no_route(
    viewers: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    monkeypatch.setattr(doors, "role", lambda: doors.REVIEWER)
    with pytest.raises(NotAllowedError, match="that takes the role of editor, yours is reviewer"):
        ROUTES[route](viewers, tmp_path)


def _functions(path: Path) -> dict[str, ast.AST]:
    """Name -> every function of a module, methods by their own name."""
    tree = ast.parse(path.read_text("utf-8"))
    return {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}


def _calls(within: ast.AST) -> set[str]:
    """What is called, as ``name`` or ``module.name``."""
    called = [one.func for one in ast.walk(within) if isinstance(one, ast.Call)]
    return {ast.unparse(one) for one in called}


def _writers(path: Path) -> set[str]:
    """The functions of a module that others may call and that write, by themselves or through its other functions."""
    functions = _functions(path)
    found = {name for name, body in functions.items() if any(one.endswith(".writing") for one in _calls(body))}
    while more := {name for name, body in functions.items() if found & _calls(body)} - found:
        found |= more
    return {name for name in found if not name.startswith("_")}


def test_every_function_that_writes_is_among_the_routes() -> None:
    """A new one fails here until a viewer was seen to be refused by it."""
    found = {
        f"{'exchange' if path.parent.name == 'exchange' else path.stem}.{name}"
        for path in (ROOT / "data").rglob("*.py")
        for name in _writers(path)
    }
    # A backup, and a store to publish, are written into a new file, not into the store that they are of.
    assert found - {"backup.save", "exchange.write"} == set(ROUTES)


def test_what_pages_write_beside_the_store_asks_for_the_role_first() -> None:
    """Of the modules that keep files in the data folder pages use the saved views alone."""
    keepers = {path.stem for path in (ROOT / "data").glob("*.py") if "paths.data_dir()" in path.read_text("utf-8")}
    used, unasked, of_pages, of_discretion = set(), set(), set(), set()
    for path in (ROOT / "views").glob("*.py"):
        for name, body in _functions(path).items():
            called = _calls(body)
            used |= {one.partition(".")[0] for one in called} & keepers
            of_pages |= {one for one in called if one.startswith("pages.")}
            of_discretion |= {one for one in called if one.startswith("discretion.")}
            if {"saved.save", "saved.forget"} & called and "doors.require" not in called:
                unasked.add(f"{path.stem}.{name}")
    assert used == {"saved", "pages", "discretion"}
    # What is published gets its pseudonyms by a key that is made once; pages ask for the export alone.
    assert of_discretion == {"discretion.asked"}
    # Kept pages are looked at, and kept by what fetches alone.
    assert of_pages == {"pages.of"}
    assert unasked == set()


def test_pages_open_no_store_but_the_guarded_one() -> None:
    """And the preview's of the page that adds, which is in a folder of its own and thrown away."""
    opened = {
        f"{path.stem}.{name}"
        for path in (ROOT / "views").glob("*.py")
        for name, body in _functions(path).items()
        if "Store.open" in _calls(body)
    }
    assert opened == {"state._store", "add_page.__post_init__"}


def test_there_is_no_other_way_to_write() -> None:
    """All that writes goes through ``Store.writing``: nothing else in the data or the views begins a transaction."""
    begun = {
        f"{path.parent.name}/{path.name}"
        for folder in ("data", "views")
        for path in (ROOT / folder).rglob("*.py")
        if "engine.begin" in (text := path.read_text("utf-8")) or ").begin()" in text or "WRITE_OPTION:" in text
    }
    assert begun == {"data/store.py"}


def test_a_viewer_gets_no_form_to_add_reports(viewers: Store) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert not app.exception
    shown = AppTest.from_function(_add_page, default_timeout=60).run()
    assert ["add reports here" in error.value for error in shown.error] == [True]
    assert not shown.text_area
    stored = AppTest.from_function(_store_of_add_page, default_timeout=60).run()
    assert ["add reports here" in error.value for error in stored.error] == [True]


def _add_page() -> None:
    from views import add_page

    add_page.page()


def _store_of_add_page() -> None:
    from views import add_page

    add_page._store(add_page.Found(total=0))


def test_a_viewer_saves_no_view(viewers: Store) -> None:
    for script in (_save_view, _forget_view):
        shown = AppTest.from_function(script, default_timeout=60).run()
        assert ["change anything here" in error.value for error in shown.error] == [True]
    assert saved.views() == {}


def _save_view() -> None:
    import streamlit as st

    from views import sharing

    st.session_state[sharing.NAME] = "mine"
    sharing._save("x=1")


def _forget_view() -> None:
    from views import sharing

    sharing._forget()


def test_on_this_machine_alone_everything_may_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    small_store.build(url)
    monkeypatch.setenv("DATELINE_DB", url)
    monkeypatch.delenv(doors.PUBLIC, raising=False)
    assert state.store().add(fakes.report(9), READING)
