"""Work on batches by several processes of this machine, or by a Dask cluster; results in the order of the batches."""

from __future__ import annotations

import logging
import uuid
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import count
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from extract.errors import DatelineError, InputError

if TYPE_CHECKING:
    from distributed import Client

In = TypeVar("In")
Out = TypeVar("Out")
OutCo = TypeVar("OutCo", covariant=True)

# Batches given to each worker ahead of the one awaited: enough that none waits, few enough to stay small in memory.
AHEAD = 2
# The --scheduler of a cluster that is started here and ends with the call.
LOCAL = "local"
# Seconds until a scheduler must have answered, and until a first worker must have joined it.
ANSWER_SECONDS, JOIN_SECONDS = 15, 120


class _Awaited(Protocol[OutCo]):
    def result(self) -> OutCo: ...


def by_processes(batches: Iterable[In], work: Callable[[In], Out], workers: int) -> Iterator[Out]:
    """``work`` on each batch, in order, by so many processes. Raises DatelineError where one of them ends."""
    # Spawned, not forked: a fork would copy the progress bar's thread and open database connections half-way.
    pool = ProcessPoolExecutor(workers, get_context("spawn"))

    def submit(batch: In) -> Future[Out]:
        return pool.submit(work, batch)

    try:
        yield from _in_order(batches, submit, lambda: workers)
    except BrokenProcessPool as error:
        raise DatelineError("a worker process ended, perhaps for want of memory; try fewer --workers") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def by_dask(batches: Iterable[In], work: Callable[[In], Out], scheduler: str, workers: int) -> Iterator[Out]:
    """``work`` on each batch, in order, by the workers of a Dask scheduler (``local``, or where one listens).

    What a worker held when it was lost is done again by another. Raises DatelineError where no scheduler answers, none
    of its workers joins in time, or one batch ended several workers.
    """
    from distributed import KilledWorker

    with _client(scheduler, workers) as client:
        run, number = uuid.uuid4().hex, count()

        def submit(batch: In) -> _Awaited[Out]:
            submitted: _Awaited[Out] = client.submit(work, batch, key=f"read-{run}-{next(number)}", pure=False)
            return submitted

        try:
            yield from _in_order(batches, submit, lambda: sum(client.nthreads().values()))
        except KilledWorker as error:
            raise DatelineError("the same reports ended several workers, perhaps for want of memory") from error
        except (CancelledError, OSError) as error:
            raise DatelineError(f"the Dask scheduler was lost: {error}") from error


def _in_order(
    batches: Iterable[In], submit: Callable[[In], _Awaited[Out]], workers: Callable[[], int]
) -> Iterator[Out]:
    waiting: deque[_Awaited[Out]] = deque()
    for batch in batches:
        waiting.append(submit(batch))
        # Asked each time: workers may join a cluster or leave it.
        if len(waiting) > max(workers(), 1) * AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _client(scheduler: str, workers: int) -> Iterator[Client]:
    from distributed import Client, LocalCluster

    with ExitStack() as opened:
        at: Any = address(scheduler)
        if scheduler == LOCAL:
            # One thread a worker, as the reader's work holds Python's lock; no port beyond this machine.
            at = opened.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = opened.enter_context(Client(at, timeout=ANSWER_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=JOIN_SECONDS)
        except TimeoutError as error:
            raise DatelineError(f"no worker has joined the Dask scheduler {scheduler} in time") from error
        except (OSError, ValueError) as error:
            raise DatelineError(f"no Dask scheduler answers at {scheduler}") from error
        yield client


def address(scheduler: str) -> str:
    """The scheduler's name if it can be one: ``local``, or HOST:PORT with or without ``tcp://`` or ``tls://``."""
    host, _, port = scheduler.removeprefix("tcp://").removeprefix("tls://").rpartition(":")
    if scheduler == LOCAL or (host and "/" not in host and port.isdecimal() and 0 < int(port) < 65536):
        return scheduler
    raise InputError(f"{scheduler!r} is neither 'local' nor the address of a scheduler, such as tcp://10.0.0.5:8786")
