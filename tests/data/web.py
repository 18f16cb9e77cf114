"""A web of one server on this machine: names resolve to made-up public addresses, and nothing else is connected to."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from data.fetch import Fetcher
from tests.extract import samples

PUBLIC = "93.184.215.14"
NAMES = {
    "news.example.org": [PUBLIC],
    "inside.example.org": ["127.0.0.1"],
    "meta.example.org": ["169.254.169.254"],
    "both.example.org": [PUBLIC, "10.0.0.8"],
    "wrapped.example.org": ["::ffff:192.168.1.1"],
    "closed.example.org": [PUBLIC],
}


class Web:
    """What the server plays, what it was asked for, and to where connections were wanted."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.connected: list[str] = []
        self.entries = 1
        self.robots = "User-agent: *\nDisallow: /private\n"
        self.failing = False
        # Where entries lead that stand before those with a page of their own.
        self.traps: tuple[str, ...] = ()
        self.server: ThreadingHTTPServer | None = None

    def fetcher(self, *, seconds: float = 20.0, most: int = 2_000_000) -> Fetcher:
        """A fetcher that can reach this server and nothing else, whatever it asks for."""
        return Fetcher(resolve=self.resolve, connect=self.connect, seconds=seconds, most=most, pause=0.0)

    def resolve(self, host: str, _: int) -> list[str]:
        """The made-up addresses of a name; a number is itself."""
        if host not in NAMES and not host[0].isdigit() and ":" not in host:
            raise OSError("unknown")
        return NAMES.get(host, [host])

    def connect(self, address: str, _: int, seconds: float) -> socket.socket:
        """The server on this machine for the one public address."""
        self.connected.append(address)
        if address != PUBLIC or self.server is None:
            raise AssertionError(f"{address} was connected to")
        return socket.create_connection(self.server.server_address[:2], timeout=seconds)

    def feed(self) -> bytes:
        """A feed that grows: ``entries`` of it, each with a page of its own."""
        items = "".join(
            f"<item><title>Strike {n}</title><link>http://news.example.org/page/{n}</link>"
            f"<pubDate>Tue, 07 Jun 2022 05:15:00 GMT</pubDate>"
            f"<description>Shells hit Kharkiv again.</description></item>"
            for n in range(1, self.entries + 1)
        )
        items = "".join(map(_trap, self.traps)) + items
        return f'<rss version="2.0"><channel><title>Dnipro Herald</title>{items}</channel></rss>'.encode()


def _trap(link: str) -> str:
    said = f"Shells hit Kharkiv, {link} says."
    return f"<item><title>Trap</title><link>{link}</link><description>{said}</description></item>"


class _Handler(BaseHTTPRequestHandler):
    web: Web

    def do_GET(self) -> None:
        tag = self.headers.get("If-None-Match")
        self.web.asked.append((self.path, tag))
        if self.web.failing and self.path != "/robots.txt":
            self._send(503, b"", {"Retry-After": "120"})
        elif self.path == "/robots.txt":
            self._send(200, self.web.robots.encode(), {"Content-Type": "text/plain"})
        elif self.path == "/feed":
            self._feed(tag)
        elif self.path.startswith("/page/"):
            page = samples.PAGE.replace("a woman of 61", f"a woman of 6{self.path[6:]}")
            self._send(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})
        elif self.path.startswith("/to/"):
            self._send(302, b"", {"Location": self.path[4:].replace("_", "/")})
        elif self.path == "/around":
            self._send(302, b"", {"Location": "/around"})
        elif self.path == "/bomb":
            self._send(200, gzip.compress(b"\n" * 50_000_000), {"Content-Encoding": "gzip"})
        elif self.path in ("/endless", "/drip"):
            self._stream(b"<p>Shells hit</p>" * (4000 if self.path == "/endless" else 1))
        elif self.path == "/broken":
            self._send(200, b"short", {"Content-Length": "500"})
        else:
            self._send(404, b"", {})

    def _feed(self, tag: str | None) -> None:
        now = f'"{self.web.entries}"'
        if tag == now:
            self._send(304, b"", {"ETag": now})
        else:
            self._send(200, self.web.feed(), {"ETag": now, "Content-Type": "application/rss+xml"})

    def _send(self, status: int, body: bytes, head: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | head).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, block: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(2000):
            try:
                self.wfile.write(block)
            except OSError:
                return
            if len(block) < 100:
                time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def web() -> Iterator[Web]:
    """The server, running."""
    made = Web()
    handler = type("Handler", (_Handler,), {"web": made})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        made.server = server
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield made
        server.shutdown()
