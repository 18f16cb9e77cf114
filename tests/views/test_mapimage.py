"""The map as a picture."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pypdf import PdfReader

from data.overlays import kept
from data.overlays.records import Overlay, Shape
from data.overview import Ask, Overview
from data.store import Store
from geo import layers
from tests.views import small_store
from views import mapground, mapimage, mapmarks
from views.address import Look
from views.lettering import lettered

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def overview(tmp_path: Path) -> Overview:
    """The overview of the small store."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    small_store.build(url)
    return Overview(Store.open(url))


def texts(figure: Figure) -> list[str]:
    """All that is written on a figure."""
    found = [text.get_text() for text in figure.texts]
    found += [text.get_text() for axes in figure.axes for text in axes.texts]
    return found + [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def made(overview: Overview, look: Look | None = None, **more: Any) -> Figure:
    """The figure of the whole store, or of a look."""
    look = look or Look()
    return mapimage.drawn(overview, overview.answer(look.ask), look, made=DAY, **more)


def test_a_picture_has_what_a_print_needs(overview: Overview) -> None:
    found = "\n".join(texts(made(overview, title="September", notes=["Party: any"])))
    for wanted in ("September", "Party: any", "Made on 22 Nov 2026", " km", "Natural Earth", "GeoNames", "exact place"):
        assert wanted in found
    assert "nowhere drawn" in found
    assert "Air strike, shelling" in found


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_each_kind_of_file(overview: Overview, kind: mapimage.Kind, begins: bytes) -> None:
    look = Look()
    one, two = (mapimage.picture(overview, overview.answer(look.ask), look, kind=kind, made=DAY) for _ in range(2))
    assert one.startswith(begins)
    assert kind == "svg" or zlib.crc32(one) == zlib.crc32(two)


def test_the_files_can_be_opened(overview: Overview) -> None:
    look = Look()
    answer = overview.answer(look.ask)
    image = Image.open(io.BytesIO(mapimage.picture(overview, answer, look, made=DAY, size=(6.0, 4.5))))
    assert image.size == (960, 720)
    file = PdfReader(io.BytesIO(mapimage.picture(overview, answer, look, kind="pdf", made=DAY, title="Raqqa")))
    assert [round(float(side)) for side in file.pages[0].mediabox[2:]] == [842, 595]


def test_filters_and_view_are_honoured(overview: Overview) -> None:
    everything, none = (
        overview.answer(Ask()),
        overview.answer(Ask(date_from=dt.date(1950, 1, 1), date_to=dt.date(1950, 1, 2))),
    )
    whole = mapimage.frame(everything, Look(), 1000, 700)
    assert mapimage.counted(everything, whole).startswith(f"{len(everything.drawn)} events in this picture")
    pacific = mapimage.frame(everything, Look(view=(0.0, -150.0, 4.0)), 1000, 700)
    assert mapimage.counted(everything, pacific).startswith(f"0 events in this picture, of {len(everything)}")
    assert mapimage.counted(none, mapimage.frame(none, Look(), 1000, 700)).startswith("0 events in this picture, of 0")
    assert made(overview, Look(ask=none.ask)).axes[0].lines


def test_a_view_over_the_180th_meridian_holds_both_sides(overview: Overview) -> None:
    framed = mapimage.frame(overview.answer(Ask()), Look(view=(0.0, 179.0, 4.0)), 1000, 700)
    for lon in (178.0, -178.0):
        assert framed.holds(*framed.inside(0.0, lon))


@pytest.mark.parametrize("look", [Look(heat=True), Look(colour="party", sized=True), Look(ask=Ask(area="c:34,40;300"))])
def test_each_way_to_draw(overview: Overview, look: Look) -> None:
    assert len(texts(made(overview, look))) > 3


@pytest.mark.parametrize("lon", [40.0, 179.9])
def test_loaded_layers_are_drawn_and_named(
    overview: Overview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lon: float
) -> None:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    line = ((34.0, lon), (35.0, (lon + 181) % 360 - 180))
    shapes = [Shape("line", "a", (line,)), Shape("area", "b", ((*line, (33.0, lon)),)), Shape("point", "c", (line,))]
    key = kept.keep(Overlay("Front $x^2$", shapes))
    figure = made(overview, Look(overlays=(key, "gone"), view=(34.0, lon, 5.0)))
    assert "Front $x^2$" in texts(figure)
    drawn = [one for one in figure.axes[0].lines if one.get_color() == mapground.OVERLAYS[0]]
    across = [np.ptp(np.asarray(one.get_xdata(), float)) for one in drawn]
    # A line over the 180th meridian is as short as any other.
    assert across == pytest.approx([1 / 360, 1 / 360])


@pytest.mark.parametrize("hostile", [*small_store.HOSTILE, r"$\frac{", "x" * 100_000, "\x00\n\r", "a\u202eb"])
def test_hostile_words_are_only_words(overview: Overview, hostile: str) -> None:
    found = texts(made(overview, title=hostile, notes=[hostile]))
    assert not any("\u202e" in text or "\x00" in text or len(text) > 700 for text in found)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Deir ez-Zor", "Deir ez-Zor"),
        ("سوريا", "سوريا"),
        ("Київ", "Київ"),
        ("東京", "DongJing"),
        ("two\nlines", "two lines"),
        ("\u202eevil\u202c", "evil"),
    ],
)
def test_every_letter_can_be_read(given: str, written: str) -> None:
    assert lettered(given) == written


def test_marks_are_those_of_the_screen() -> None:
    for name in layers.FAMILIES:
        path = mapmarks.family(name)
        assert 7 <= abs(path.vertices).max() <= 10.5
    # A triangle that points up.
    assert mapmarks.family("remote").vertices[0].tolist() == [0.0, 9.0]


@pytest.mark.parametrize("many", [1, 2, 8, 9, 24])
def test_a_stack_is_fanned_out_apart(many: int) -> None:
    found = mapmarks.fan(many, 1.0)
    assert len(found) == many
    gaps = [((a - c) ** 2 + (b - d) ** 2) ** 0.5 for i, (a, b) in enumerate(found) for c, d in found[:i]]
    assert min(gaps, default=1.0) > 0.7
