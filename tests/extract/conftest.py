"""The real reader (model, registry, lexicons, name index), opened once for all tests that read words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

import pytest
from spacy.tokens import Doc

from data import reference
from extract.actors import Registry
from extract.lexicon import Lexicon
from extract.records import Incident, Report
from geo.reading import Reader
from geo.records import Reading

PUBLISHED = dt.date(2021, 6, 16)  # a Wednesday
Parse = Callable[[str], Doc]
Read = Callable[..., Reading]


@lru_cache(maxsize=1)
def opened() -> Reader:
    """The reader; also for the tests outside this folder."""
    return reference.open_reader()


def read_with(reader: Reader, text: str, published: dt.date | None = PUBLISHED, **fields: str) -> Reading:
    """One text read as a report of ``published``."""
    return reader.read(Report("r", text, published=published, **fields))


def primary(reading: Reading) -> Incident:
    """The incident that the report is about; fails unless there is exactly one."""
    (one,) = [p.incident for p in reading.incidents if p.incident.primary]
    return one


def types(reading: Reading) -> list[str]:
    """The event types told, in order."""
    return [p.incident.event_type for p in reading.incidents]


@pytest.fixture(scope="session")
def reader() -> Reader:
    return opened()


@pytest.fixture(scope="session")
def registry(reader: Reader) -> Registry:
    return reader.registry


@pytest.fixture(scope="session")
def lexicon(reader: Reader) -> Lexicon:
    return reader.lexicon


@pytest.fixture(scope="session")
def parse(reader: Reader) -> Parse:
    """Text -> the document that the extractors are handed."""
    return lambda text: reader.nlp(reader._even(Report("r", text)))


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Text -> its reading, published on ``PUBLISHED`` unless told otherwise."""
    return lambda text, *args, **fields: read_with(reader, text, *args, **fields)


def miss(*values: object, reason: str) -> object:
    """A row of a table that the reader is known to get wrong; the day it gets it right, the mark has to go."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))
