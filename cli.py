"""The command line of Dateline; ``python cli.py --help`` says what it does.

Only results go to standard output, all else to standard error. Exit status: 0 done, 1 some input lines were refused
and the rest done, 2 the call was wrong or could not be carried out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from data import (
    backup,
    bulk,
    desk,
    discretion,
    doctor,
    feeds,
    ingest,
    licences,
    mappings,
    parts,
    reference,
    retry,
    spread,
    vocabulary,
    watching,
)
from data.events import Merger
from data.exchange import export, load
from data.exchange.dates import ORDERS
from data.fetch import Fetcher
from data.memory import Memory
from data.progress import Tally, say, shares
from data.query import Filters, with_children
from data.store import Store
from data.watching import Watcher
from extract.errors import DatelineError, InputError
from extract.read import columns, file, queries
from extract.read.fields import day
from extract.read.lines import check_readable
from extract.read.queries import PlaceQuery
from extract.read.records import Defaults, Refusal, Row
from geo import contract, dump, locate

DONE, REFUSED, WRONG = 0, 1, 2


def run_extract(args: argparse.Namespace) -> int:
    """Reports in, one JSON line a report out."""
    rows, tally = _rows(args), Tally("reports", _count(args.inputs))
    _ready()
    if parts.is_folder(args.output):
        _extract_into(args, rows, tally)
    else:
        with _output(args.output, args.inputs) as out:
            for item in tally.follow(_extracted(args, rows)):
                _print(item.reading, out)
    say(f"{tally.counts['done']} reports read, {tally.refused} refused")
    return REFUSED if tally.refused else DONE


def _extract_into(args: argparse.Namespace, rows: Iterator[Row | Refusal], tally: Tally) -> None:
    before = 0
    for item in tally.follow(parts.extract(rows, args.output, lambda left: _extracted(args, left))):
        before += item.before
    say(f"the results are in {args.output}" + (f", those of {before} reports from an earlier run" if before else ""))


def _extracted(args: argparse.Namespace, rows: Iterator[Row | Refusal]) -> Iterator[ingest.Extracted | Refusal]:
    return ingest.extract(rows, reference.open_reader, workers=_workers(args), scheduler=args.scheduler)


def _workers(args: argparse.Namespace) -> int:
    """As many as asked for; else one, and on a Dask cluster of this machine one a core."""
    return args.workers or ((os.cpu_count() or 1) if args.scheduler == spread.LOCAL else 1)


def run_add(args: argparse.Namespace) -> int:
    """Reports in, their incidents into the store; what fails is put aside, and --retry tries it again."""
    if bool(args.inputs) == args.retry:
        raise InputError("name what to add, or --retry and nothing else")
    with Store.open() as store, closing(Memory(store.url)) as memory:
        tally, found = _to_add(args, store, memory)
        incidents = 0
        for item in tally.follow(found):
            tally.counts["new"] += item.new
            incidents += item.incidents
        known = tally.counts["done"] - tally.counts["new"]
        say(
            f"{tally.counts['new']} reports stored with {incidents} incidents, {known} stored already, "
            f"{tally.refused} refused{'; add --retry tries these again' if tally.refused else ''}; "
            f"the store is {store.url}"
        )
    return REFUSED if tally.refused else DONE


def _to_add(args: argparse.Namespace, store: Store, memory: Memory) -> tuple[Tally, Iterator[ingest.Stored | Refusal]]:
    """What becomes of each report, and the tally for so many."""
    if args.retry:
        rows = retry.rows(memory, Fetcher(), _defaults(args))
        return Tally("reports", len(list(memory.aside()))), retry.noted(_added(args, rows, store), memory)
    folders = [one for one in args.inputs if bulk.are_parts(one)]
    if folders and args.again:
        raise InputError(f"{folders[0]} holds what was read already; read the reports themselves again")
    args.inputs = [one for one in args.inputs if one not in folders]
    read = chain.from_iterable(bulk.add(one, store, merge=not args.unmerged) for one in folders)
    many, more = _count(args.inputs), sum(map(bulk.count, folders))
    found = retry.noted(_added(args, _rows(args), store), memory) if args.inputs else iter(())
    return Tally("reports", None if many is None else many + more), chain(read, found)


def _added(args: argparse.Namespace, rows: Iterator[Row | Refusal], store: Store) -> Iterator[ingest.Stored | Refusal]:
    _ready()
    return ingest.add(
        rows, reference.open_reader, store, workers=_workers(args), scheduler=args.scheduler, again=args.again
    )


def run_watch(args: argparse.Namespace) -> int:
    """Feeds, pages and folders followed: what is new goes into the store, at an interval, until interrupted."""
    if not args.sources and not args.retry:
        raise InputError("name a feed, page or folder to follow, or --retry")
    with Store.open() as store, closing(Memory(store.url)) as memory:
        _ready()
        opened, defaults = cache(reference.open_reader), _defaults(args)
        watcher = Watcher(args.sources, store, opened, memory, defaults=defaults, every=args.every)
        total = watching.follow(watcher, once=args.once, retry=args.retry, tell=say)
        say(f"{total.new} reports stored with {total.incidents} incidents; the store is {store.url}")
    return REFUSED if total.refused else DONE


def run_locate(args: argparse.Namespace) -> int:
    """One place name in, candidates out; or a file of names, one line of candidates each."""
    if args.input:
        return _locate_file(args)
    gazetteer = reference.open_gazetteer(progress=shares("name index"))
    found = _candidates(gazetteer, PlaceQuery(args.name, None, args.country, args.admin1, args.near), args.limit)
    with _output(args.output, []) as out:
        for candidate in found:
            _print(candidate, out)
    if not found:
        say("no such place is known")
    return DONE


def _locate_file(args: argparse.Namespace) -> int:
    tally, asked = Tally("names", file.count(args.input)), queries.queries(args.input)
    gazetteer = reference.open_gazetteer(progress=shares("name index"))
    with _output(args.output, [args.input]) as out:
        for query in tally.follow(asked):
            _print({"id": query.id, "candidates": _candidates(gazetteer, query, args.limit)}, out)
    return REFUSED if tally.refused else DONE


def run_export(args: argparse.Namespace) -> int:
    """Stored incidents out."""
    filters, how = _filters(args), discretion.asked(args.coarsen, args.hide)
    with Store.open() as store, _output(args.output, []) as out:
        number = export.write(store, filters, args.format, out.buffer, how)
    say(f"{number} incidents exported")
    return DONE


def run_import(args: argparse.Namespace) -> int:
    """Incidents of files into the store: Dateline's own exports, and tables and maps of others."""
    tally = Tally("rows")
    with Store.open() as store:
        for path in args.inputs:
            for row in tally.follow(load.load(path, store, name=args.name, order=args.dates)):
                tally.counts["new"] += row.new
        known = tally.counts["done"] - tally.counts["new"]
        say(
            f"{tally.counts['new']} incidents stored, {known} stored already, {tally.refused} rows refused; "
            f"the store is {store.url}"
        )
    return REFUSED if tally.refused else DONE


def run_review(args: argparse.Namespace) -> int:
    """What is worth checking (list), what was decided (show), and a decision of your own put down."""
    call = desk.Call(args.ids, args.who or desk.login(), args.reason, dict(args.set), args.limit)
    with Store.open() as store, _output("-", []) as out:
        for told in desk.run(store, args.action, call):
            _print(told, out)
    return DONE


def run_backup(args: argparse.Namespace) -> int:
    """The whole store into a new file; or, with --restore, such a file into an empty store."""
    with Store.open() as store:
        (backup.restore if args.restore else backup.save)(Path(args.file), store)
        say(f"{args.file} is restored into {store.url}" if args.restore else f"{store.url} is saved in {args.file}")
    return DONE


def run_merge(args: argparse.Namespace) -> int:
    """All stored incidents given to events from scratch; people's decisions and the events' ids stay."""
    with Store.open() as store, store.writing() as connection:
        changed = Merger().rebuild(connection, progress=shares("merge"))
        say(f"{changed} incidents are in another event now; the store is {store.url}")
    return DONE


def run_gazetteer(args: argparse.Namespace) -> int:
    """The name index built, GeoNames dump files loaded beside it, or such files fetched for countries."""
    if args.action == "download":
        files = dump.download(args.what, Path(args.to), progress=shares("download"))
        say(f"{len(files)} files in {args.to}; load them with: gazetteer build --geonames {args.to}")
        return DONE
    _ready()
    if args.geonames:
        loaded = dump.build(reference.index_path(), [Path(p) for p in args.geonames], progress=shares("GeoNames"))
        for broken in loaded.named:
            say(f"{broken.file}:{broken.line}: {broken.reason}")
        say(f"{loaded.places} places with {loaded.names} names loaded, {loaded.broken} broken rows left out")
    say("the name index is ready")
    return DONE


def run_doctor(args: argparse.Namespace) -> int:
    """What is wrong with this machine's Dateline and what mends it; exit status 1 where something needs mending."""
    mend = False
    with _output("-", []) as out:
        for one in doctor.findings():
            mend |= one.state == "mend"
            if args.json:
                _print(asdict(one), out)
            else:
                out.write(f"{one.state:<5} {one.about:<9} {one.told}\n" + (f"{'':15} {one.mend}\n" if one.mend else ""))
            out.flush()
    return REFUSED if mend else DONE


def run_licences(_: argparse.Namespace) -> int:
    """The packages that Dateline runs on, each with its version and licence."""
    with _output("-", []) as out:
        for one in licences.packages():
            out.write(f"{one.name}\t{one.version}\t{one.licence}\n")
    return DONE


def main(argv: list[str] | None = None) -> int:
    """Run a command; the exit status."""
    try:
        args = parser().parse_args(argv)
        return int(args.run(args))
    except DatelineError as error:
        say(f"dateline: {error}")
        return WRONG
    except BrokenPipeError:
        # Whoever read the results has seen enough; closing at exit must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say("dateline: stopped; what was stored or written until now is kept")
        return WRONG


def parser() -> argparse.ArgumentParser:
    """The commands with their options."""
    top = argparse.ArgumentParser(prog="cli.py", description=ABOUT, formatter_class=_FORMAT)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _reading(_command(commands, "extract", run_extract), results=True)
    _reading(_command(commands, "add", run_add), results=False)
    _watching(_command(commands, "watch", run_watch))
    _locating(_command(commands, "locate", run_locate))
    _exporting(_command(commands, "export", run_export))
    _importing(_command(commands, "import", run_import))
    _reviewing(_command(commands, "review", run_review))
    _backing_up(_command(commands, "backup", run_backup))
    _command(commands, "merge", run_merge)
    _gazetteering(_command(commands, "gazetteer", run_gazetteer))
    health = _command(commands, "doctor", run_doctor)
    health.add_argument("--json", action="store_true", help="one JSON line a finding")
    _command(commands, "licences", run_licences)
    usages = [one.format_usage().removeprefix("usage: ") for one in commands.choices.values()]
    top.epilog = "\n".join([*usages, NOTES])
    return top


ABOUT = "Reads news reports of conflict: what happened, where, when, who did it to whom, and who says so."
NOTES = """\
files: .jsonl (a report a line), .csv (a header row), .json and .parquet with the fields id, text, title, published,
publisher, url, language, of which only text is needed; .txt, .md, .html, .pdf, .docx and .eml (one report each); .rss
and .atom; .zip, .gz and .warc of these. docs/archive.md says what is read of each.
DATELINE_DB names the store by its SQLAlchemy URL; without it, it is a SQLite file in the user's data folder.
DATELINE_HOME puts the store and the name index into one folder. DATELINE_MODEL names another spaCy pipeline.
exit status: 0 done; 1 some input lines were refused, each named, and the rest done; 2 the call was wrong."""
_FORMAT = argparse.RawDescriptionHelpFormatter


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    about = (run.__doc__ or "").strip()
    made: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    made.set_defaults(run=run)
    return made


def _reading(command: argparse.ArgumentParser, *, results: bool) -> None:
    command.add_argument(
        "inputs",
        nargs="+" if results else "*",
        metavar="INPUT",
        type=_checked(_readable),
        help="file, folder, pattern of files, or address",
    )
    if results:
        command.add_argument(
            "-o", "--output", default="-", metavar="FILE|FOLDER/", help="results here: lines, or Parquet parts"
        )
    else:
        command.add_argument("--again", action="store_true", help="read what is stored again, decisions kept on top")
        command.add_argument("--retry", action="store_true", help="try what was put aside again")
        command.add_argument(
            "--unmerged", action="store_true", help="parts of results: leave the giving to events to `merge`"
        )
    command.add_argument("--workers", type=_number(1, 256), metavar="N", help="processes that read (1)")
    command.add_argument(
        "--scheduler", type=_checked(spread.address), metavar="local|ADDRESS", help="read on Dask; see docs/scale.md"
    )
    _filling_in(command)


def _watching(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="*", metavar="SOURCE", help="address of a feed or page, folder, or pattern")
    command.add_argument("--every", type=_number(10, 86400), default=300, metavar="SECONDS", help="between looks (300)")
    command.add_argument("--once", action="store_true", help="look once and end, as from cron")
    command.add_argument("--retry", action="store_true", help="try what was put aside again, and end")
    _filling_in(command)


def _filling_in(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--published", type=_checked(day), metavar="DATE", help="for reports without a date of their own"
    )
    command.add_argument("--publisher", metavar="NAME", help="for reports without a publisher of their own")
    command.add_argument("--title", metavar="TEXT", help="for reports without a title of their own")
    command.add_argument(
        "--map",
        action="append",
        default=[],
        type=_checked(columns.choice),
        metavar="FIELD=COLUMN",
        help="tables of others: which column is text, published, ...; remembered for the next such table",
    )


def _locating(command: argparse.ArgumentParser) -> None:
    asked = command.add_mutually_exclusive_group(required=True)
    asked.add_argument("name", nargs="?", metavar="NAME", help="the place's name")
    asked.add_argument(
        "--input", metavar="FILE.jsonl", type=_checked(_names), help='lines of {"id","name","country","admin1","near"}'
    )
    command.add_argument("--country", type=_checked(queries.country), metavar="ISO2")
    command.add_argument("--admin1", metavar="NAME", help="the province, by any of its names")
    command.add_argument("--near", type=_checked(queries.point), metavar="LAT,LON")
    command.add_argument("--limit", type=_number(1, 1000), default=10, metavar="N", help="candidates at most (10)")
    command.add_argument("-o", "--output", default="-", metavar="FILE")


def _reviewing(command: argparse.ArgumentParser) -> None:
    takes = "; ".join(f"{name}: {action.takes}" for name, action in desk.ACTIONS.items())
    command.add_argument("action", choices=desk.ACTIONS)
    command.add_argument("ids", nargs="*", metavar="ID", help=takes)
    command.add_argument("--set", action="append", default=[], type=_checked(desk.change), metavar="FIELD=VALUE")
    command.add_argument("--reason", default="", metavar="TEXT", help="needed for all that changes something")
    command.add_argument("--who", metavar="NAME", help="who decides (your login name)")
    command.add_argument("--limit", type=_number(1, 100_000), default=50, metavar="N", help="list: at most (50)")


def _backing_up(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", help="a file that is not there yet; with --restore one that is")
    command.add_argument("--restore", action="store_true", help="from the file into the store, which must be empty")


def _gazetteering(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=["build", "download"])
    command.add_argument("what", nargs="*", metavar="COUNTRY", help="download: ISO codes of countries, or all")
    command.add_argument("--geonames", nargs="+", metavar="PATH", help="build: GeoNames dump files or folders of them")
    command.add_argument("--to", default="geonames", metavar="FOLDER", help="download: where the files go")


def _exporting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", required=True, type=_checked(_format), metavar="|".join(export.FORMATS))
    command.add_argument("--party", action="append", default=[], metavar="NAME", help="name or id; again for more")
    command.add_argument("--role", choices=["perpetrator", "target", "either"], default="either")
    command.add_argument("--from", dest="date_from", type=_checked(day), metavar="DATE", help="first day")
    command.add_argument("--to", dest="date_to", type=_checked(day), metavar="DATE", help="last day")
    command.add_argument("--type", action="append", default=[], type=_checked(_event_type), metavar="TYPE")
    command.add_argument("--status", action="append", choices=STATUSES, help="occurred and disputed where not given")
    command.add_argument("--with-background", action="store_true", help="what is told as earlier history, too")
    command.add_argument("--country", action="append", default=[], type=_checked(queries.country), metavar="ISO2")
    command.add_argument("--text", default="", metavar="WORDS", help="each in the report or the place's name")
    command.add_argument("--as-of", type=_checked(day), metavar="DATE", help="what was known by the end of that day")
    command.add_argument(
        "--coarsen", metavar="KM", help="points moved to cells of a grid; no name, no word of a report"
    )
    command.add_argument("--hide", action="append", default=[], metavar="FIELD", help=", ".join(discretion.HIDEABLE))
    command.add_argument("--one-per-event", action="store_true", help="of an event's incidents the leading one alone")
    command.add_argument("-o", "--output", default="-", metavar="FILE")


def _importing(command: argparse.ArgumentParser) -> None:
    command.add_argument("inputs", nargs="+", metavar="INPUT", help="file of incidents; see docs/exchange.md")
    command.add_argument("--name", metavar="NAME", help="what the source is called here (by the kind of file)")
    command.add_argument(
        "--dates", choices=ORDERS, help="how the file writes 03/04/2016, where it does not tell itself"
    )


STATUSES = ["occurred", "disputed", "denied", "planned", "hypothetical"]


def _checked(check: Callable[[str], Any]) -> Callable[[str], Any]:
    """The check as argparse takes it: its InputError becomes a message about the option."""

    def checked(text: str) -> Any:
        try:
            return check(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return checked


def _readable(path: str) -> str:
    if not feeds.is_address(path) and not bulk.are_parts(path):
        file.check(path)
    return path


def _names(path: str) -> str:
    check_readable(path)
    return path


def _format(name: str) -> str:
    if name not in export.FORMATS:
        raise InputError(f"{name!r} is not a format that is built; there are {', '.join(export.FORMATS)}")
    return name


def _event_type(name: str) -> str:
    if name not in vocabulary.event_types():
        raise InputError(f"{name!r} is not an event type of data/lexicon/event_types.csv")
    return name


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}")
        return int(text)

    return number


def _rows(args: argparse.Namespace) -> Iterator[Row | Refusal]:
    defaults, fetcher = _defaults(args), Fetcher()
    return chain.from_iterable(feeds.rows(source, fetcher, defaults=defaults) for source in args.inputs)


def _defaults(args: argparse.Namespace) -> Defaults:
    return Defaults(args.published, args.publisher, args.title, mappings.chooser(args.map, tell=say))


def _count(paths: Sequence[str]) -> int | None:
    counts = [None if feeds.is_address(path) else file.count(path) for path in paths]
    return None if None in counts else sum(filter(None, counts))


def _ready() -> None:
    """The name index built before several processes would each find it missing."""
    reference.open_gazetteer(progress=shares("name index")).close()


def _candidates(gazetteer: Any, asked: PlaceQuery, limit: int) -> list[dict[str, Any]]:
    found = locate.lookup(
        gazetteer, asked.name, country=asked.country, admin1=asked.admin1, near=asked.near, limit=limit
    )
    return [contract.candidate(one) for one in found]


def _filters(args: argparse.Namespace) -> Filters:
    if args.date_from and args.date_to and args.date_from > args.date_to:
        raise InputError(f"--from {args.date_from} is later than --to {args.date_to}")
    chosen = Filters(
        parties=tuple(chain.from_iterable(_parties(name) for name in args.party)),
        role=args.role,
        date_from=args.date_from,
        date_to=args.date_to,
        event_types=tuple(args.type),
        statuses=tuple(args.status or Filters().statuses),
        include_background=args.with_background,
        countries=tuple(args.country),
        text=args.text,
        as_of=args.as_of,
        leads_only=args.one_per_event,
    )
    return with_children(chosen, vocabulary.lineage().ancestors)


def _parties(name: str) -> tuple[str, ...]:
    known = vocabulary.lineage().named(name)
    if not known:
        say(f"{name!r} is not in the registry of parties; taken as the id of one that a report named")
    return known or (name,)


@contextmanager
def _output(path: str, inputs: Sequence[str]) -> Iterator[TextIO]:
    """Standard output for ``-``, else the file, which must not be one of the inputs."""
    if path == "-":
        # The results are UTF-8 whatever the terminal's own encoding is.
        with open(sys.stdout.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
            yield out
        return
    if any(Path(path).resolve() == Path(one).resolve() for one in inputs):
        raise InputError(f"{path} is an input too; name another file for the results")
    try:
        out = Path(path).open("w", encoding="utf-8", newline="\n")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from error
    with out:
        yield out


def _print(result: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(result, ensure_ascii=False, allow_nan=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
