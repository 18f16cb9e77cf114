"""The map page as its users meet it: filter, address, list, markers and evidence, in a browser without a network."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views import browser as drive
from tests.views.browser import frame, ids, markers, opened, rows, settled

pytestmark = pytest.mark.browser

EVERY = ["airport-1", "market-0-1", "market-1-1", "raqqa-early-1", "raqqa-late-1"]
STRUCK = ["raqqa-early-1", "raqqa-late-1"]


def choose_party(page: Page, name: str) -> None:
    """Pick a party by typing its name."""
    page.get_by_role("searchbox", name="Party").fill(name)
    page.get_by_role("checkbox", name=name).first.check()
    settled(page)


def choose_day(page: Page, label: str, day: str) -> None:
    """Fill in one of the two date fields."""
    page.get_by_label(label, exact=True).fill(day)
    page.keyboard.press("Tab")
    settled(page)


def query_of(page: Page) -> dict[str, list[str]]:
    """The address's parameters."""
    return parse_qs(urlsplit(page.url).query)


def shown(page: Page) -> tuple[list[str], list[str]]:
    """Ids on the map and in the list."""
    return ids(markers(page)), ids(rows(page))


def test_party_role_and_date_move_markers_list_and_address_together(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    assert shown(page) == (EVERY, EVERY)
    choose_party(page, "Islamic State")
    assert shown(page) == (EVERY[1:], EVERY[1:])
    page.get_by_role("radio", name="Target").check()
    settled(page)
    assert shown(page) == (STRUCK, STRUCK)
    choose_day(page, "From", "2016-09-01")
    assert shown(page) == (["raqqa-late-1"], ["raqqa-late-1"])
    assert query_of(page) == {"party": ["islamic-state"], "role": ["target"], "from": ["2016-09-01"]}
    expect(page.get_by_text("1 event from 1 report")).to_be_visible()


def test_the_address_opened_anew_shows_the_same(page: Page, chrome: Browser, small_app: str) -> None:
    opened(page, f"{small_app}/?party=islamic-state&role=target&to=2016-08-31", drawn=1)
    assert shown(page) == (["raqqa-early-1"], ["raqqa-early-1"])
    rows(page).first.click()
    settled(page)
    address = page.url
    other = chrome.new_page()
    opened(other, address, drawn=1)
    assert ids(markers(other)) == ["raqqa-early-1"]
    expect(other.get_by_role("heading", name="Air strike")).to_be_visible()
    expect(frame(other).locator(".dateline-popup")).to_contain_text("Raqqa, Syria")
    assert query_of(other) == query_of(page)
    other.close()


def test_a_marker_opens_the_evidence_and_values_light_their_words(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    frame(page).locator('.dateline-marker[data-id="airport-1"]').dispatch_event("click")
    settled(page)
    expect(frame(page).locator(".dateline-popup")).to_contain_text("62 killed")
    expect(page.get_by_text("according to Russia")).to_be_visible()
    expect(page.locator(".report")).to_have_text(
        "Coalition jets hit the Syrian army near the airport on Saturday. Russia said 62 soldiers were killed."
    )
    page.get_by_role("button", name="62 killed").click()
    assert page.locator("mark.lit").all_text_contents() == ["62 soldiers were killed"]
    page.get_by_role("button", name="Deir ez-Zor Airport").hover()
    assert page.locator("mark.lit").all_text_contents() == ["the airport"]
    assert query_of(page) == {"incident": ["airport-1"]}


def test_what_is_not_on_the_map_is_counted_and_listed_with_the_reason(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    expect(page.get_by_text("2 not drawn (1 no place found, 1 only the country known)")).to_be_visible()
    page.get_by_text("Not on the map · 2").click()
    settled(page)
    assert ids(rows(page)) == ["arrests-1", "yemen-1"]
    expect(rows(page).first).to_contain_text("Not on the map: only the country is known")
    rows(page).last.click()
    settled(page)
    for sentence in ("No perpetrator named.", "No place found.", "No figure for killed or wounded."):
        expect(page.get_by_text(sentence)).to_be_visible()
    assert ids(markers(page)) == EVERY


def test_a_filter_keeps_the_view_the_frame_and_the_popup(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    inside = drive.map_frame(page)
    inside.evaluate("() => { window.sameFrame = true; map.setView([35.9, 39.1], 8, {animate: false}); }")
    settled(page)
    frame(page).locator('.dateline-marker[data-id="raqqa-late-1"]').dispatch_event("click")
    settled(page)
    before = drive.view(page)
    choose_party(page, "Islamic State")
    assert drive.view(page) == before
    assert drive.map_frame(page).evaluate("() => window.sameFrame") is True
    expect(frame(page).locator(".dateline-popup")).to_contain_text("Raqqa, Syria")
    assert ids(markers(page)) == EVERY[1:]


def test_the_view_outlasts_a_filter_that_leaves_nothing(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    drive.map_frame(page).evaluate("() => { window.sameFrame = true; map.setView([35.9, 39.1], 8, {animate: false}); }")
    settled(page)
    before = drive.view(page)
    page.get_by_role("searchbox", name="Words in the report").fill("unheard-of")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("No incident fits these filters.")).to_be_visible()
    page.get_by_role("button", name="Clear all filters").first.click()
    settled(page)
    assert ids(markers(page)) == EVERY
    assert drive.view(page) == before
    assert drive.map_frame(page).evaluate("() => window.sameFrame") is True


def test_a_drag_on_the_timeline_sets_the_dates(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    bars = page.locator('svg[role="img"][aria-label^="Incidents over time"]')
    box = bars.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=6)
    page.mouse.up()
    settled(page)
    assert shown(page) == (["airport-1", "raqqa-late-1"], ["airport-1", "raqqa-late-1"])
    assert set(query_of(page)) == {"from", "to"}
    assert bars.locator("rect.bar:not(.off)").count() < bars.locator("rect.bar").count()


def test_incidents_at_one_coordinate_are_spread_on_the_screen_only(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    first, second = (frame(page).locator(f'.dateline-marker[data-id="market-{n}-1"]').bounding_box() for n in (0, 1))
    assert first
    assert second
    apart = ((first["x"] - second["x"]) ** 2 + (first["y"] - second["y"]) ** 2) ** 0.5
    assert apart >= 24
    at = "(l) => [l.getLatLng().lat, l.getLatLng().lng]"
    script = f"() => Object.values(map._layers).filter((l) => l.point).map({at})"
    assert drive.map_frame(page).evaluate(script).count([33.31, 44.37]) == 2


def test_steps_walk_through_the_list(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/?incident=raqqa-late-1", drawn=5)
    page.get_by_role("button", name="Next").click()
    settled(page)
    assert query_of(page)["incident"] == ["airport-1"]
    expect(frame(page).locator(".dateline-popup")).to_contain_text("Deir ez-Zor Airport")
    page.get_by_role("button", name="All incidents").click()
    settled(page)
    assert query_of(page) == {}
    assert ids(rows(page)) == EVERY


def test_clearing_the_filters_brings_all_back(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/?party=islamic-state&role=target&to=2016-08-31", drawn=1)
    page.get_by_role("button", name="Clear all filters").click()
    settled(page)
    assert shown(page) == (EVERY, EVERY)
    assert query_of(page) == {}


def test_a_filter_that_leaves_nothing_says_what_to_do(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/?words=unheard-of")
    expect(page.get_by_text("No incident fits these filters.")).to_be_visible()
    assert shown(page) == ([], [])


def test_nothing_is_asked_of_another_host_and_the_outlines_are_drawn(page: Page, small_app: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, small_app, drawn=5)
    assert [url for url in asked if "//127.0.0.1:" not in url and not url.startswith(("data:", "blob:"))] == []
    expect(frame(page).locator(".leaflet-outlines-pane canvas")).to_have_count(1)
    countries = "() => Object.values(map._layers).filter((l) => l.feature && l.feature.properties.name).length"
    assert drive.map_frame(page).evaluate(countries) > 200


def test_without_a_network_the_street_map_falls_back_to_outlines(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    page.get_by_text("Map and list").click()
    page.get_by_role("radio", name="Street map").check()
    settled(page)
    expect(frame(page).get_by_text("No map tiles could be loaded")).to_be_visible()
    expect(frame(page).locator(".dateline-names")).to_have_count(1)
    assert ids(markers(page)) == EVERY


def test_a_phone_sees_map_list_and_card_without_sideways_scrolling(chrome: Browser, small_app: str) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    opened(page, small_app, drawn=5)
    rows(page).first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Air strike")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    box = page.locator(drive.FRAME).bounding_box()
    assert box
    assert box["width"] > 340
    page.close()


def test_a_crowd_is_counted_by_cell_and_comes_apart_on_zooming_in(page: Page, crowded_app: str) -> None:
    opened(page, crowded_app)
    cells = frame(page).locator(".dateline-cellmarker")
    assert sum(int(text) for text in cells.all_text_contents()) + markers(page).count() == 600
    assert cells.count() > 5
    drive.map_frame(page).evaluate("() => { map.setView([34, 37], 9, {animate: false}); }")
    settled(page)
    settled(page)
    assert cells.count() == 0
    assert 10 < markers(page).count() <= 400


def test_the_keyboard_alone_opens_an_incident(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    frame(page).locator('.dateline-marker[data-id="airport-1"]').focus()
    page.keyboard.press("Enter")
    settled(page)
    assert query_of(page)["incident"] == ["airport-1"]
    expect(frame(page).locator(".dateline-popup")).to_contain_text("Deir ez-Zor Airport")


def test_an_incident_chosen_from_a_crowd_is_drawn_by_itself(page: Page, crowded_app: str) -> None:
    opened(page, f"{crowded_app}/?incident=many-300-1")
    assert ids(markers(page)) == ["many-300-1"]
    expect(frame(page).locator(".dateline-popup")).to_contain_text("Village 300")


@pytest.mark.parametrize("width", [900, 1440])
def test_legend_scale_and_credits_do_not_cover_one_another(chrome: Browser, small_app: str, width: int) -> None:
    page = chrome.new_page(viewport={"width": width, "height": 900})
    opened(page, small_app, drawn=5)
    legend = frame(page).locator(".dateline-legend").bounding_box()
    assert legend
    for name in (".leaflet-control-scale", ".leaflet-control-attribution"):
        box = frame(page).locator(name).bounding_box()
        assert box
        assert box["y"] + box["height"] <= legend["y"] + 1, name
    page.close()


def test_view_filters_and_choice_come_back_from_the_address_alone(page: Page, chrome: Browser, small_app: str) -> None:
    opened(page, f"{small_app}/?party=us-led-coalition&against=islamic-state&at=35.8,39.2,9", drawn=2)
    assert drive.view(page) == (35.8, 39.2, 9)
    page.keyboard.press("Tab")
    box = page.locator(drive.FRAME).bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 360, box["y"] + 240, steps=4)
    page.mouse.up()
    settled(page)
    frame(page).locator('.dateline-marker[data-id="raqqa-late-1"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**incident=raqqa-late-1**")
    settled(page)
    other = chrome.new_page(viewport={"width": 1440, "height": 900})
    opened(other, page.url, drawn=2)
    assert query_of(other) == query_of(page)
    assert shown(other)[0] == shown(page)[0]
    apart = [abs(a - b) for a, b in zip(drive.view(other), drive.view(page), strict=True)]
    assert max(apart) < 0.01
    expect(frame(other).locator(".dateline-popup")).to_contain_text("Raqqa")
    other.close()


def test_a_circle_drawn_on_the_map_filters_and_goes_again(page: Page, small_app: str) -> None:
    opened(page, f"{small_app}/?at=35.6,39.6,8", drawn=5)
    frame(page).get_by_role("button", name="Draw a circle").click()
    points = "() => [[35.95, 39.01], [35.75, 39.3]].map((at) => map.latLngToContainerPoint(at))"
    box = page.locator(drive.FRAME).bounding_box()
    assert box
    for point in drive.map_frame(page).evaluate(points):
        page.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
        page.wait_for_timeout(400)
    settled(page)
    assert shown(page) == (STRUCK, STRUCK)
    assert query_of(page)["area"][0].startswith("c:35.9")
    frame(page).get_by_role("button", name="Take the drawn area out").click()
    settled(page)
    assert shown(page) == (EVERY, EVERY)


@pytest.mark.parametrize(
    "at, expected",
    [
        ("48.8582, 2.2945", "31U DQ 48251 11932"),
        ("60.3, 5.3", "32V KM 95566 90558"),
        ("85, 0", None),
    ],
)
def test_military_grid(page: Page, small_app: str, at: str, expected: str | None) -> None:
    page.goto(f"{small_app}/_stcore/health")
    page.set_content("<p>")
    page.evaluate("() => { window.Dateline = {}; }")
    page.add_script_tag(path=drive.ROOT / "static" / "dateline-tools.js")
    assert page.evaluate(f"() => Dateline.mgrs({at})") == expected


def test_a_pair_pressed_in_the_matrix_and_the_step_of_a_player_filter(page: Page, small_app: str) -> None:
    opened(page, small_app, drawn=5)
    page.get_by_text("Who against whom").click()
    page.get_by_role("button", name="against Islamic State: 2").click()
    expect(rows(page)).to_have_count(len(STRUCK), timeout=20_000)
    settled(page)
    assert shown(page) == (STRUCK, STRUCK)
    page.get_by_label("Window").select_option("1")
    page.get_by_role("button", name="Play through time").click()
    page.wait_for_url("**from=2016-02-29**", timeout=20_000)
