"""Log-in by a real OpenID Connect provider that runs here, and what each role may do once it is in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from oidc_provider_mock import User, app
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from data import schema
from data.store import Store
from tests.views import browser as drive
from tests.views import event_store
from tests.views.browser import settled

# The provider is built on ways of Authlib that are to change; nothing of it runs outside of this test.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

INCIDENT = "dez-2016-western-wire-1"
# Who the provider knows, with the role that each has here. The last one calls an editor's address its own.
ANA, BEN, EVE, MAL = "ana", "ben", "eve", "mal"
PEOPLE = [
    User(sub=ANA, claims={"email": "ana@example.org", "email_verified": True, "name": "Ana"}),
    User(sub=BEN, claims={"email": "ben@example.org", "email_verified": True, "name": "Ben"}),
    User(sub=EVE, claims={"email": "eve@example.org", "email_verified": True, "name": "Eve"}),
    User(sub=MAL, claims={"email": "ana@example.org", "email_verified": False, "name": "Mal"}),
]
SECRETS = """
[auth]
redirect_uri = "{{address}}/oauth2callback"
cookie_secret = "a long one that is for this test alone"
client_id = "dateline"
client_secret = "another"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[roles]
editor = ["ana@example.org"]
reviewer = ["Ben@example.org"]
"""


class Site(NamedTuple):
    """The app with log-in, and its store."""

    address: str
    store: Store


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that issues signed tokens to those who choose one of its users."""
    server = make_server("127.0.0.1", 0, app(user_claims=PEOPLE, require_nonce=True), threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def site(provider: str, tmp_path: Path) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    event_store.build(url)
    with Store.open(url) as store, drive.served(url, tmp_path, secrets=SECRETS.format(provider=provider)) as address:
        yield Site(address, store)


def log_in(page: Page, address: str, person: str) -> None:
    """Through the provider's own page, and back."""
    page.goto(address)
    page.get_by_role("button", name="Log in").click(timeout=60_000)
    page.get_by_role("heading", name="Authorize Client").wait_for(timeout=30_000)
    page.get_by_role("button", name=person, exact=True).click()
    page.get_by_role("button", name="Log out").wait_for(timeout=60_000)


def accept(page: Page, address: str) -> None:
    """Press the button on the page of review that writes a decision."""
    page.goto(f"{address}/review?incident={INCIDENT}")
    page.get_by_role("button", name="Accept").click(timeout=60_000)
    settled(page)


def deciders(store: Store) -> list[str]:
    """Who is put down beside each decision."""
    with store.reading() as connection:
        return list(connection.scalars(sa.select(schema.decisions.c.who)))


def test_without_log_in_nothing_is_shown(page: Page, site: Site) -> None:
    page.context.add_cookies([{"name": "_streamlit_user", "value": "forged", "url": site.address}])
    for path in ("", "/map", "/figures", "/add", "/review", "/help"):
        page.goto(f"{site.address}{path}")
        page.get_by_role("button", name="Log in").wait_for(timeout=60_000)
        expect(page.locator("iframe")).to_have_count(0)
        expect(page.get_by_text("Deir")).to_have_count(0)


@pytest.mark.parametrize("person", [EVE, MAL])
def test_a_viewer_reads_and_writes_nothing(page: Page, site: Site, person: str) -> None:
    log_in(page, site.address, person)
    expect(page.get_by_text("viewer")).to_be_visible()
    drive.markers(page).first.wait_for(timeout=60_000)
    before = site.store.revision()
    accept(page, site.address)
    expect(page.get_by_text("you may not change anything here")).to_be_visible()
    page.goto(f"{site.address}/add")
    expect(page.get_by_text("you may not add reports here")).to_be_visible(timeout=60_000)
    expect(page.get_by_label("Text of the report")).to_have_count(0)
    assert (site.store.revision(), deciders(site.store)) == (before, [])


def test_a_reviewer_decides_under_the_name_of_the_log_in_and_adds_nothing(page: Page, site: Site) -> None:
    log_in(page, site.address, BEN)
    accept(page, site.address)
    expect(page.get_by_text("Accepted (decision 1).")).to_be_visible(timeout=30_000)
    assert deciders(site.store) == ["ben@example.org"]
    page.goto(f"{site.address}/add")
    expect(page.get_by_text("you may not add reports here")).to_be_visible(timeout=60_000)


def test_an_editor_may_add_and_is_out_after_logging_out(page: Page, site: Site) -> None:
    log_in(page, site.address, ANA)
    accept(page, site.address)
    assert deciders(site.store) == ["ana@example.org"]
    page.goto(f"{site.address}/add")
    expect(page.get_by_label("Text of the report")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Log out").click()
    # The provider asks whether to end its own session too.
    page.wait_for_url("**/end_session**", timeout=60_000)
    page.goto(f"{site.address}/add")
    page.get_by_role("button", name="Log in").wait_for(timeout=60_000)
