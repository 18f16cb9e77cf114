"""Documents of strangers are parsed in a process of their own, with limits on its time, memory and reach.

The child gets bytes and gives JSON, never an object that would be unpickled; it may open no socket, start no program
and write no file. It lives on for the next document, and is replaced when it is spent or after ``LIFE`` documents.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from extract.errors import InputError

Rows = list[dict[str, Any]]
# The slowest of a hundred saved news pages took 1.5 s, a PDF of 400 pages 12 s.
SECONDS = 30.0
# Address space; the parsers alone take 0.5 GB of it.
MEMORY = 2 << 30
# The answer is text out of a document of 50 MB at most.
ANSWER = 64 << 20
LIFE = 500
_ROOT = Path(__file__).parents[2]
_HEADER = 1 << 16


class Child:
    """A process that parses documents, started with the first one."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._lock = threading.Lock()

    def rows(self, kind: str, raw: bytes, *, url: str | None = None) -> Rows:
        """The reports' fields in a document of a kind of ``documents.PARSERS``; raises InputError with the reason."""
        with self._lock:
            answer = self._ask({"kind": kind, "size": len(raw), "url": url}, raw)
        if "refused" in answer:
            raise InputError(str(answer["refused"])[:300])
        return [row for row in answer["rows"] if isinstance(row, dict)]

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _ask(self, header: dict[str, Any], raw: bytes) -> dict[str, Any]:
        process = self._started()
        overdue = threading.Event()

        def end() -> None:
            overdue.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            answer = json.loads(_exchange(process, json.dumps(header).encode() + b"\n" + raw))
        except (OSError, ValueError) as error:
            self.close()
            if overdue.is_set():
                raise InputError(f"took longer than {self._seconds:g} seconds to parse") from error
            raise InputError("made its parser fail; it is damaged, or needs too much memory") from error
        finally:
            timer.cancel()
        self._done += 1
        if self._done % LIFE == 0 or answer.get("spent"):
            self.close()
        return dict(answer)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            # No secrets of the parent's environment go along.
            kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG", "HOME") if name in os.environ}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "extract.read.child", str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env=kept | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"},
            )
            atexit.register(self.close)
        return self._process


def _exchange(process: subprocess.Popen[bytes], asked: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipes")
    process.stdin.write(asked)
    process.stdin.flush()
    return process.stdout.readline(ANSWER)


def main() -> None:
    """Serve the parent: a header line and bytes in, a line of JSON out, until it hangs up."""
    memory = int(sys.argv[1])
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever a parser prints must not mix with the answers.
    os.dup2(2, 1)
    from extract.read import documents

    documents.load()
    _limit(memory)
    asked = sys.stdin.buffer
    while line := asked.readline(_HEADER):
        answers.write(json.dumps(_answer(json.loads(line), asked, documents.rows)).encode() + b"\n")
        answers.flush()


def _answer(header: dict[str, Any], asked: BinaryIO, rows: Any) -> dict[str, Any]:
    raw = asked.read(header["size"])
    try:
        return {"rows": rows(header["kind"], raw, header["url"])}
    except InputError as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "needs too much memory to parse", "spent": True}
    except RecursionError:
        return {"refused": "is nested too deeply to parse"}
    except Exception as error:  # A parser of strangers' documents fails in more ways than can be named.
        return {"refused": f"cannot be parsed ({type(error).__name__}: {error})"}


def _limit(memory: int) -> None:
    """Bound memory and files, and shut the doors that no parser needs."""
    try:
        import resource
    except ImportError:  # Windows has none; the time limit and the doors hold there, too.
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.")):
        raise InputError("asks for something that no document may")


if __name__ == "__main__":
    main()
