"""How long ten people wait who use the map at once. ``python -m bench.users [N]``, N incidents (100,000).

Nine of them speak to the server as a browser does (the same web socket, the same messages) but draw nothing, as their
browsers would run on machines of their own; the tenth is a headless Chromium beside the server. All filter at the same
moment, again and again, each by something else. Seconds are from the filter to the map's new content, for the tenth to
the redrawn map.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from bench import desk
from data.overview import Ask, Overview
from data.progress import say
from data.store import Store
from tests.views import browser as drive

USERS, SIZE, ROUNDS = 10, 100_000, 16
LONGEST = 60.0
# What the update of the map holds, and nothing else that is sent.
MAP = "Dateline.draw("


@dataclass(slots=True)
class Session:
    """One user's connection, and the seconds that each of their filters took."""

    socket: ClientConnection
    waited: list[float] = field(default_factory=list)

    def ask(self, query: str) -> float:
        """Open the map at an address; seconds until the map's content was here. Returns once the whole page was."""
        message = BackMsg()
        message.rerun_script.query_string = query
        started, drawn = time.perf_counter(), 0.0
        self.socket.send(message.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(self.socket.recv(LONGEST))
            kind = told.WhichOneof("type")
            if kind == "delta" and MAP in told.delta.new_element.component_instance.json_args:
                drawn = time.perf_counter() - started
            elif kind == "script_finished":
                assert drawn, "the map was not sent"
                return drawn


def main() -> int:
    """Prints one line a kind of user; the exit status."""
    size = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else SIZE
    questions = _questions(size)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=drive.chromium(playwright), args=list(drive.FLAGS))
        with desk.served(size) as (address, process):
            _measure(browser, address, process, questions)
        browser.close()
    return 0


def _questions(size: int) -> list[list[str]]:
    """For every user and round an address of its own: a party, and days from the first of another year on."""
    overview = Overview(Store.open(f"sqlite:///{desk.stored(size)}"))
    parties = [one.value for one in overview.answer(Ask()).facets()["parties"][: USERS * 2]]
    return [
        [
            f"party={parties[(user + turn) % len(parties)]}&from={2011 + (user * 3 + turn) % 12}-01-01"
            for turn in range(ROUNDS)
        ]
        for user in range(USERS)
    ]


def _measure(browser: Browser, address: str, process: int, questions: list[list[str]]) -> None:
    page, _ = desk.opened(browser, address)
    before, used = desk.memory(process), desk.processor(process)
    with ExitStack() as opened:
        sessions = [Session(opened.enter_context(_connected(address))) for _ in range(USERS - 1)]
        _all_at_once(page, sessions, questions)
        grown = (desk.memory(process) - before) / (USERS - 1)
    each = (desk.processor(process) - used) / (USERS * ROUNDS)
    say(f"{grown:.1f} MB more a session; {each:.3f} s of the server's processor a filter")


def _all_at_once(page: Page, sessions: Sequence[Session], questions: list[list[str]]) -> None:
    for session in sessions:
        session.ask("")
    together = threading.Barrier(USERS)
    crowd = [threading.Thread(target=_filter, args=(*one, together)) for one in zip(sessions, questions, strict=False)]
    for one in crowd:
        one.start()
    tenth = _watch(page, together)
    for one in crowd:
        one.join()
    _tell(f"{USERS - 1} sessions", [seconds for session in sessions for seconds in session.waited])
    _tell("the browser beside them", tenth)


def _connected(address: str) -> ClientConnection:
    return connect(f"ws{address.removeprefix('http')}/_stcore/stream", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]


def _filter(session: Session, questions: list[str], together: threading.Barrier) -> None:
    for one in questions:
        together.wait(LONGEST)
        session.waited.append(session.ask(one))


def _watch(page: Page, together: threading.Barrier) -> list[float]:
    found = []
    for turn in range(ROUNDS):
        together.wait(LONGEST)
        found.append(desk.seconds(page, lambda turn=turn: desk.filtered(page, turn)))  # type: ignore[misc]
    return found


def _tell(name: str, found: list[float]) -> None:
    high = statistics.quantiles(found, n=20)[-1]
    say(f"{name:26}{len(found):5} filters: median {statistics.median(found):.2f} s, 95th percentile {high:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
