"""Pages and feeds by their address; beside geo/geocoder.py and geo/dump.py the only file that touches the network.

An address comes from a user, a feed or a redirect, so none is trusted: only http and https, only hosts all of whose
addresses are public, connected to at the very address that was checked, again at each redirect; sizes, times and
unpacking are bounded.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from extract.errors import FetchError

AGENT = "dateline"
USER_AGENT = f"{AGENT}/0.1 (conflict report reader)"
MAX_BYTES = 20_000_000
MAX_ROBOTS = 500_000
MAX_ADDRESS = 2000
MAX_REDIRECTS = 5
SECONDS = 30.0
# Seconds between two requests to one host; what a robots.txt asks for counts up to MOST_PAUSE.
PAUSE, MOST_PAUSE = 1.0, 30.0
PORTS = (80, 443, 8080, 8443)
# How long a robots.txt holds (RFC 9309, 2.4).
ROBOTS_SECONDS = 86400
_BLOCK = 1 << 16
_MOVED = (301, 302, 303, 307, 308)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Host and port -> the addresses of the host; address, port and seconds -> a connection to it.
Resolve = Callable[[str, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: ``url`` is where the redirects led, ``body`` None where it is as it was last time."""

    url: str
    body: bytes | None
    media: str = ""
    etag: str | None = None
    modified: str | None = None


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system's resolver knows of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address that was checked."""
    return socket.create_connection((address, port), timeout=seconds)


def public(address: str) -> bool:
    """True for an address of the open internet, also where it is wrapped in one of IPv6."""
    try:
        found: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not _closed(one) for one in _unwrapped(found))


def _closed(address: Address) -> bool:
    """True for kinds of addresses that count as global, but lead nowhere or to many."""
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_multicast or address.is_reserved or address.is_unspecified or site_local


def _unwrapped(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or int(address) < 1 << 32:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    found: list[Address] = [one for one in inner if one is not None]
    # The wrapping of an IPv4 address is judged by what is in it.
    return found if address.ipv4_mapped or address in _NAT64 else [address, *found]


class Fetcher:
    """Fetches politely: robots.txt kept to, a pause between requests to a host, nothing asked twice at once."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        seconds: float = SECONDS,
        most: int = MAX_BYTES,
        pause: float = PAUSE,
    ) -> None:
        self._resolve, self._connect = resolve, connect
        self._seconds, self._most, self._pause = seconds, most, pause
        # Host and port -> when its robots.txt was read, and what it says.
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._last: dict[str, float] = {}

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """What is at an address; ``etag`` and ``modified`` are those of last time. Raises FetchError."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        head = {name: value for name, value in asked.items() if value and value.isprintable()}
        return self._follow(url, head, self._most, robots=True)

    def _follow(self, url: str, head: dict[str, str], most: int, *, robots: bool) -> Fetched:
        end = time.monotonic() + self._seconds
        for _ in range(MAX_REDIRECTS + 1):
            parts = _checked(url)
            if robots:
                self._ask_robots(parts)
            found = self._hop(parts, head, most, end)
            if isinstance(found, Fetched):
                return found
            url = urljoin(urlunsplit(parts), found)
        raise FetchError(f"redirects more than {MAX_REDIRECTS} times")

    def _hop(self, parts: SplitResult, head: dict[str, str], most: int, end: float) -> Fetched | str:
        """What one request gave, or where it sends to."""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        address = self._address(host, port)
        self._wait(parts.netloc)
        left = end - time.monotonic()
        if left <= 0:
            raise FetchError(f"takes longer than {self._seconds:g} seconds")
        try:
            found = self._ask(parts, (host, port, address), head, most, left)
        except FetchError:
            raise
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
            if time.monotonic() >= end:
                raise FetchError(f"takes longer than {self._seconds:g} seconds") from error
            raise FetchError(f"cannot be fetched ({str(error)[:120] or type(error).__name__})") from error
        if time.monotonic() >= end:
            raise FetchError(f"takes longer than {self._seconds:g} seconds")
        return found

    def _ask(
        self, parts: SplitResult, at: tuple[str, int, str], head: dict[str, str], most: int, left: float
    ) -> Fetched | str:
        host, port, address = at
        line = http.client.HTTPConnection(host, port, timeout=left)
        line.sock = wire = _wire(self._connect(address, port, left), host if parts.scheme == "https" else None)
        # A server that sends a byte now and then never lets a single read time out.
        cut = threading.Timer(left, _cut, (wire,))
        cut.daemon = True
        cut.start()
        try:
            if isinstance(wire, ssl.SSLSocket):
                wire.do_handshake()
            path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/%?&=+:;,@!$'()*~[]-._")
            line.request(
                "GET", path, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "*/*"} | head
            )
            return _answer(line.getresponse(), parts, most)
        finally:
            cut.cancel()
            line.close()
            wire.close()

    def _address(self, host: str, port: int) -> str:
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"the host {host[:100]} is not known") from error
        closed = [one for one in found if not public(one)]
        if closed or not found:
            raise FetchError(f"leads to {(closed or ['nowhere'])[0]}, which is not on the open internet", lasting=True)
        return found[0]

    def _wait(self, host: str) -> None:
        rules = self._robots.get(host)
        asked = rules[1].crawl_delay(AGENT) if rules else None
        pause = max(self._pause, min(float(asked or 0), MOST_PAUSE))
        wait = self._last.get(host, 0.0) + pause - time.monotonic()
        if host in self._last and wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()

    def _ask_robots(self, parts: SplitResult) -> None:
        host = parts.netloc
        if host not in self._robots or self._robots[host][0] + ROBOTS_SECONDS < time.monotonic():
            self._robots[host] = time.monotonic(), self._rules(f"{parts.scheme}://{host}/robots.txt")
        if not self._robots[host][1].can_fetch(AGENT, urlunsplit(parts)):
            raise FetchError("may not be fetched by programs, says the site's robots.txt", lasting=True)

    def _rules(self, url: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            body = self._follow(url, {}, MAX_ROBOTS, robots=False).body or b""
        except FetchError as error:
            # A site without the file allows all; one that cannot tell (RFC 9309, 2.3.1.4) is left alone for now.
            if error.status is None or not 400 <= error.status < 500 or error.status == 429:
                raise FetchError(f"its robots.txt {error}", lasting=error.lasting, wait=error.wait) from error
            body = b""
        rules.parse(body.decode("utf-8", "replace").splitlines())
        return rules


def _checked(url: str) -> SplitResult:
    """The parts of an address that may be asked for; raises FetchError saying why it may not."""
    if len(url) > MAX_ADDRESS or not url.isprintable() or " " in url:
        raise FetchError("is no address of a page", lasting=True)
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
        named = (host or "").encode("idna").decode("ascii") if ":" not in (host or "") else host
    except (ValueError, UnicodeError) as error:
        raise FetchError("is no address of a page", lasting=True) from error
    if parts.scheme not in ("http", "https") or not named:
        raise FetchError("is not an http or https address", lasting=True)
    if parts.username is not None or parts.password is not None:
        raise FetchError("holds a user name, which is not sent", lasting=True)
    if port is not None and port not in PORTS:
        raise FetchError(f"names port {port}; only {', '.join(map(str, PORTS))} are asked", lasting=True)
    shown = f"[{named}]" if ":" in named else named
    return parts._replace(netloc=shown if port is None else f"{shown}:{port}", fragment="")


def _answer(answer: http.client.HTTPResponse, parts: SplitResult, most: int) -> Fetched | str:
    etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    if answer.status in _MOVED and (to := answer.headers.get("Location")):
        return to
    if answer.status == 304:
        return Fetched(urlunsplit(parts), None, etag=etag, modified=modified)
    if answer.status != 200:
        wait = _seconds(answer.headers.get("Retry-After"))
        raise FetchError(f"the site answers {answer.status} {answer.reason[:60]}", status=answer.status, wait=wait)
    if (answer.length or 0) > most:
        raise FetchError(f"is larger than {most:,} bytes", lasting=True)
    media = answer.headers.get_content_type()
    return Fetched(urlunsplit(parts), _body(answer, most), media, etag, modified)


def _body(answer: http.client.HTTPResponse, most: int) -> bytes:
    packing = (answer.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise FetchError(f"is packed as {packing[:20]}, which was not asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing != "identity" else None
    taken, size = [], 0
    while block := answer.read(_BLOCK):
        while block:
            part = unpack.decompress(block, _BLOCK) if unpack else block
            block = unpack.unconsumed_tail if unpack else b""
            size += len(part)
            if size > most:
                raise FetchError(f"is larger than {most:,} bytes", lasting=True)
            taken.append(part)
    if answer.length or (unpack and not unpack.eof):
        raise FetchError("breaks off")
    return b"".join(taken)


def _seconds(text: str | None) -> float | None:
    """What a Retry-After asks for, in seconds from now."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(min(int(text[:9]), 86400))
    with suppress(ValueError, TypeError):
        return max(0.0, min(parsedate_to_datetime(text).timestamp() - time.time(), 86400.0))
    return None


def _wire(plain: socket.socket, host: str | None) -> socket.socket:
    """The connection, encrypted for a host where there is one; the handshake is still to be done."""
    if host is None:
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _cut(wire: socket.socket) -> None:
    with suppress(OSError):
        # Past TLS, whose own shutdown would change what another thread is reading from.
        socket.socket.shutdown(wire, socket.SHUT_RDWR)
