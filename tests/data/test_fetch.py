"""Fetching against a server that means ill; names and connections are replaced, so nothing can leave the machine."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import feeds, fetch, pages
from extract.errors import FetchError, StoreError
from extract.read.records import Refusal, Row
from tests.data.web import PUBLIC, Web, web

SITE = "http://news.example.org"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    with web() as made:
        yield made


@pytest.mark.parametrize(
    "address, expected",
    [
        (PUBLIC, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("2001:db8::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d70e", True),
        ("2002:7f00:1::1", False),
        ("2001:0:5db8:d70e:0:0:80ff:fffe", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_what_is_public(address: str, expected: bool) -> None:
    assert fetch.public(address) is expected


@pytest.mark.parametrize(
    "url, reason",
    [
        ("ftp://news.example.org/", "not an http or https"),
        ("file:///etc/passwd", "not an http or https"),
        ("http:///path", "not an http or https"),
        ("http://me:secret@news.example.org/", "holds a user name"),
        (f"{SITE}:22/", "names port 22"),
        (f"{SITE}:99999/", "no address of a page"),
        (f"{SITE}/a\r\nHost: x", "no address of a page"),
        (f"{SITE}/{'a' * 3000}", "no address of a page"),
        ("http://127.0.0.1/", "leads to 127.0.0.1"),
        ("http://[::1]/", "leads to ::1"),
        ("http://inside.example.org/", "leads to 127.0.0.1"),
        ("http://meta.example.org/latest/meta-data", "leads to 169.254.169.254"),
        ("http://both.example.org/", "leads to 10.0.0.8"),
        ("http://wrapped.example.org/", "leads to ::ffff:192.168.1.1"),
        ("http://nobody.example.org/", "is not known"),
        (f"{SITE}/to/http:__127.0.0.1_", "leads to 127.0.0.1"),
        (f"{SITE}/to/http:__169.254.169.254_latest", "leads to 169.254.169.254"),
        (f"{SITE}/to/__inside.example.org_x", "leads to 127.0.0.1"),
        (f"{SITE}/to/file:___etc_passwd", "not an http or https"),
        (f"{SITE}/to/_private_x", "robots.txt"),
        (f"{SITE}/private/x", "robots.txt"),
        (f"{SITE}/around", "redirects more than 5 times"),
        (f"{SITE}/endless", "is larger than 2,000,000 bytes"),
        (f"{SITE}/bomb", "is larger than 2,000,000 bytes"),
        (f"{SITE}/broken", "breaks off"),
        (f"{SITE}/missing", "answers 404"),
    ],
)
def test_what_is_refused_or_bounded(site: Web, url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        site.fetcher().get(url)
    assert set(site.connected) <= {PUBLIC}


def test_a_server_that_drips_is_cut_off(site: Web) -> None:
    began = time.monotonic()
    with pytest.raises(FetchError, match="takes longer than 2 seconds"):
        site.fetcher(seconds=2).get(f"{SITE}/drip")
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("trusted", [True, False])
def test_a_certificate_must_be_one_that_is_trusted(
    site: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    key, own = tmp_path / "key.pem", tmp_path / "own.pem"
    name = "/CN=news.example.org"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", name]
    also = ["-addext", "subjectAltName=DNS:news.example.org", "-keyout", str(key), "-out", str(own)]
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    subprocess.run(made + also, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    assert site.server is not None
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        assert site.fetcher().get("https://news.example.org/feed").body == site.feed()
        return
    with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        site.fetcher().get("https://news.example.org/feed")


def test_a_site_that_is_busy_says_when_to_come_back(site: Web) -> None:
    site.failing = True
    with pytest.raises(FetchError) as failed:
        site.fetcher().get(f"{SITE}/feed")
    assert (failed.value.status, failed.value.wait, failed.value.lasting) == (503, 120.0, False)


def test_what_did_not_change_is_not_sent_again(site: Web) -> None:
    fetcher = site.fetcher()
    first = fetcher.get(f"{SITE}/feed")
    again = fetcher.get(f"{SITE}/feed", etag=first.etag)
    site.entries = 2
    grown = fetcher.get(f"{SITE}/feed", etag=first.etag)
    assert (again.body, grown.body) == (None, site.feed())
    assert site.asked == [("/robots.txt", None), ("/feed", None), ("/feed", '"1"'), ("/feed", '"1"')]


def test_a_page_is_read_and_kept_as_it_was(site: Web) -> None:
    url = f"{SITE}/to/_page_1"
    (row,) = feeds.rows(url, site.fetcher())
    assert isinstance(row, Row)
    assert (row.source, row.report.url) == (url, f"{SITE}/page/1")
    assert row.report.publisher == "Dnipro Herald"
    assert "Saltivka" in row.report.text
    (kept,) = pages.of(f"{SITE}/page/1")
    assert pages.content(kept) == pages.content(next(pages.of(url)))
    assert b"alert(" in pages.content(kept)
    kept.file.write_bytes(b"something else")
    with pytest.raises(StoreError):
        pages.content(kept)


def test_a_feed_leads_to_its_pages(site: Web) -> None:
    site.entries = 3
    rows = list(feeds.rows(f"{SITE}/feed", site.fetcher()))
    assert [row.report.url for row in rows if isinstance(row, Row)] == [f"{SITE}/page/{n}" for n in (1, 2, 3)]
    assert all("Saltivka" in row.report.text for row in rows if isinstance(row, Row))


def test_an_entry_whose_page_cannot_be_had_stays_as_the_feed_brings_it(site: Web) -> None:
    site.robots = "User-agent: *\nDisallow: /page\n"
    (row,) = feeds.rows(f"{SITE}/feed", site.fetcher())
    assert isinstance(row, Row)
    assert row.report.text == "Shells hit Kharkiv again."


def test_an_address_that_fails_is_named(site: Web) -> None:
    (refusal,) = feeds.rows(f"{SITE}/missing", site.fetcher())
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "the site answers 404 Not Found"
