"""A briefing as Markdown: every word from a report shown as it is, so that no link, picture or HTML comes of it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

from views.briefing import NO_EVENTS, Briefing, Event, Source, Table
from views.words import markdown

# What an address may hold between angle brackets without ending them.
_OF_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"


def written(briefing: Briefing, picture: bytes | None = None) -> bytes:
    """The text in UTF-8; ``picture`` is a PNG of the map, which is put into the same file behind the text."""
    return "\n".join(_lines(briefing, picture)).encode("utf-8", "replace")


def _lines(briefing: Briefing, picture: bytes | None) -> Iterator[str]:
    yield f"# {markdown(briefing.title)}\n"
    yield f"Made {briefing.made:%Y-%m-%d %H:%M} UTC.\n"
    yield from (f"- {markdown(line)}" for line in briefing.total)
    yield f"\n**Filters:** {'; '.join(map(markdown, briefing.filters))}\n"
    if picture:
        yield "![Map of what is shown][map]\n"
    for table in briefing.tables:
        yield from _table(table)
    yield "## The gravest events\n"
    if not briefing.events:
        yield f"{NO_EVENTS}\n"
    for number, event in enumerate(briefing.events, 1):
        yield from _event(number, event)
    yield "---\n"
    yield from (f"{markdown(line)}\n" for line in [*briefing.notes, *briefing.credits])
    if picture:
        yield f"[map]: data:image/png;base64,{b64encode(picture).decode()}"


def _table(table: Table) -> Iterator[str]:
    if not table.lines:
        return
    yield f"## {markdown(table.title)}\n"
    yield f"| | {markdown(table.counted)} | Toll |\n| --- | ---: | ---: |"
    yield from (f"| {' | '.join(map(markdown, line))} |" for line in table.lines)
    yield f"\n{table.more:,} more\n" if table.more else ""


def _event(number: int, event: Event) -> Iterator[str]:
    yield f"### {number}\\. {markdown(event.heading)}\n"
    yield f"{markdown(event.who)}: **{markdown(event.toll)}**\n"
    if event.grade:
        yield f"{markdown(event.grade)}\n"
    yield from (f"- {markdown(claimant)}" for claimant in event.claimants)
    if event.more_claimants:
        yield f"- {event.more_claimants:,} more claimants"
    yield "\nSources:\n"
    yield from (f"- {_source(source)}" for source in event.sources)
    yield f"- {event.more_sources:,} more reports\n" if event.more_sources else ""


def _source(source: Source) -> str:
    address = f" <{quote(source.url, safe=_OF_ADDRESS)}>" if source.url else ""
    return f"{markdown(source.line)}: {markdown(source.title)}{address}"
