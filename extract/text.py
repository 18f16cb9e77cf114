"""Raw text -> a parsed document whose offsets are those of the raw text.

Line wraps, control characters, typographic quotes and capitals are evened out before parsing, always one character for
one, so that a token's offset in the document is its offset in the report.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extract.records import Span

# More than this share of capitals among the letters of a paragraph, and its case says nothing.
SHOUTING_SHARE = 0.6
# A text is read up to here; 2 MB of transcript would otherwise take minutes.
MAX_CHARACTERS = 200_000
_SAME_LENGTH = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "–": "-"}
    | {"\u00a0": " ", "\u200b": " ", "\u200e": " ", "\u200f": " ", "\ufeff": " ", "\t": " ", "\r": " ", "\x0b": " "}
)
_WRAP = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_PARAGRAPH = re.compile(r"\n\s*\n")
_LETTER_RUN = re.compile(r"[A-Z][A-Z'’]+")
_MASKED_LETTERS = re.compile(r"\b[A-Za-z]+\*+[A-Za-z*]+\b")
# A tokenizer peels such runs mark by mark, which takes seconds for a few thousand.
_RUN = re.compile(r"([^\w\s])\1{15,}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_ASIDE = re.compile(r"\[[^\[\]\n]{1,80}\]|\((?:[A-Z][A-Za-z.&/ -]{0,10}[A-Z.]|Reuters)\)")
_LOST_APOSTROPHE = re.compile(r"\b([A-Z][a-z]{3,})s\b(?!')")
# The usual name of a party that a tagger takes for a verb, and a name of the same length that it knows.
_STAND_IN = re.compile(r"\bIS\b")
# "They let US know", "many of US.": the pronoun, in a text whose case was lost or made anew. Not "told US troops"; and
# not "Iraq tells US to leave" of a headline, in a text that has "the US" elsewhere.
_PRONOUN = re.compile(
    r"((?i:\blet)\s+)US\b|(?<=\S )((?i:tell|told|telling|gives?|gave|giving|makes?|made|making|allow(?:s|ed|ing)?|"
    r"leads?|led|leading|enabl(?:es?|ed|ing)|inform(?:s|ed|ing)?|assur(?:es?|ed|ing)|remind(?:s|ed|ing)?|shows?|showed|causes?|caused|owes?|"
    r"help(?:s|ed)?|join|forc(?:es?|ed)|wants?|lent|asks?|of|for|to|upon|among|with|between|against)\s+)US"
    r"(?=[.,;:!?]|\s+(?i:to|that|the|an?|our|all|if|how|what|when|where|why|who|about|in|on|at|with|as|is|are|know|see|"
    r"say|go|not|because|and|feel|hope|believe|think|unite|work|look|take|begin|continue|remember|recall|pray)\b)"
)
_COUNTRY = re.compile(r"\b[Tt]he US\b|\bUS-|\bUS (?:military|forces|troops|army|officials?)\b")
# Hard-wrapped text has lines of about this length; elsewhere every line break ends a headline or a paragraph.
_WRAP_COLUMNS = range(45, 95)
# A headline that opens the text is looked for this far in, after a date or a publisher's name.
_HEADLINE_WITHIN = 60


def even_out(
    text: str,
    *,
    title: str | None = None,
    truecase: Callable[[str], str] | None = None,
    names: frozenset[str] = frozenset(),
) -> str:
    """The text with the same length, made easy to parse: every character stays at its offset.

    Wrapped lines are joined, a headline that opens the text ends with a line break, asides in brackets and characters
    without a shape become spaces, and shouted paragraphs get mixed case where ``truecase`` (a word in capitals -> its
    usual form, same length) is given. ``names`` are countries' names whose possessive may have lost its apostrophe.
    """
    clean = "".join(_plain_character(c) for c in text[:MAX_CHARACTERS].translate(_SAME_LENGTH))
    clean = _RUN.sub(lambda m: " " * len(m.group()), clean)
    clean = _ENTITY.sub(_decoded, _TAG.sub(_untagged, clean))
    clean = _MASKED_LETTERS.sub(_unmask, _end_dateline(_end_headline(_unwrap(clean), title)))
    clean = clean if _COUNTRY.search(clean) else _PRONOUN.sub(lambda m: (m[1] or m[2]) + "us", clean)
    clean = _LOST_APOSTROPHE.sub(lambda m: m[1] + " " if m[1] in names else m.group(), clean)
    pieces, at = [], 0
    for gap in _PARAGRAPH.finditer(clean):
        pieces += [_even_paragraph(clean[at : gap.start()], truecase), gap.group()]
        at = gap.end()
    pieces.append(_even_paragraph(clean[at:], truecase))
    return "".join(pieces)


def _plain_character(c: str) -> str:
    """The character, or a space for what has no shape of its own (controls, bidi marks)."""
    return " " if c != "\n" and unicodedata.category(c) in {"Cc", "Cf"} else c


def _untagged(match: re.Match[str]) -> str:
    """Spaces for a tag, with a line break where it ends a block."""
    block = re.match(r"</?(?:p|div|h\d|br|li|ul|td|tr|table|article|section|blockquote)\b", match.group(), re.I)
    return ("\n" if block else " ") + " " * (len(match.group()) - 1)


def _decoded(match: re.Match[str]) -> str:
    """The character that an entity stands for, filled up with spaces."""
    plain = html.unescape(match.group()).translate(_SAME_LENGTH)
    return plain + " " * (len(match.group()) - len(plain)) if len(plain) == 1 else " " * len(match.group())


def _unmask(match: re.Match[str]) -> str:
    """ "kil*led" as "killed ": posts mask words so, to slip past filters."""
    letters = match.group().replace("*", "")
    return letters + " " * (len(match.group()) - len(letters))


def _unwrap(text: str) -> str:
    """Wrapped lines joined; where lines are not wrapped, line breaks stay."""
    lines = text.split("\n")
    lengths = sorted(len(a) for a, b in pairwise(lines) if a.strip() and b.strip())
    wrapped = len(lengths) >= 3 and lengths[len(lengths) // 2] in _WRAP_COLUMNS and lengths[-1] < 110
    return _WRAP.sub(" ", text) if wrapped else text


def _end_dateline(text: str) -> str:
    """The text with a line break after its dateline, which the parser would take for the subject."""
    found = dateline(text)
    if found is None or not text[found.end - 1].isspace():
        return text
    return text[: found.end - 1] + "\n" + text[found.end :]


def _end_headline(text: str, title: str | None) -> str:
    """The text with a line break after the headline, where that stands before the first sentence."""
    if not title or len(title) < 15:
        return text
    at = text.find(title, 0, len(title) + _HEADLINE_WITHIN)
    end = at + len(title)
    if at < 0 or end >= len(text) or not text[end].isspace():
        return text
    return text[:end] + "\n" + text[end + 1 :]


def _even_paragraph(paragraph: str, truecase: Callable[[str], str] | None) -> str:
    letters = [c for c in paragraph if c.isalpha()]
    shouted = len(letters) >= 12 and sum(c.isupper() for c in letters) >= SHOUTING_SHARE * len(letters)
    if shouted and truecase is not None:
        return _blank_asides(_LETTER_RUN.sub(lambda m: truecase(m.group()), paragraph))
    return paragraph if shouted else _STAND_IN.sub("UN", _blank_asides(paragraph))


def _blank_asides(paragraph: str) -> str:
    """Spaces for "[IS]" or "(SDF)": the parser stumbles over them, the reader of parties sees the raw text."""
    return _ASIDE.sub(lambda m: " " * len(m.group()), paragraph)


_NAME = r"(?:[A-Z][\w.'’-]*|de|del|la|el|al|of|the)"
_AGENCY = r"(?: ?\([^)\n]{2,60}\))"
_DATELINE = re.compile(
    rf"(?:\A|\n)[ \t]*((?!The |A |An |In |On |At ){_NAME}(?:[ ,/-]+(?:{_NAME}|\d{{1,2}}))*{_AGENCY}*)"
    rf"(?:,? ?(?:\d{{1,2}} )?(?:[A-Z][a-z]{{2,8}}\.? ?)?(?:\d{{1,2}}|\d{{2,4}})?)?{_AGENCY}*"
    r"(?: ?(?:--|—|–) ?| - |, [A-Z]{2,6} ?- ?)(?=\[|[\"“'(]*[A-Z0-9])"
)
# A dateline stands this near the beginning, after a headline at most.
_DATELINE_WITHIN = 220


def dateline(text: str) -> Span | None:
    """The place and day that a report opens with ("KABUL, Sept 4 (Agency) —"): where it was written,
    not where it happened."""
    found = _DATELINE.search(text[:_DATELINE_WITHIN])
    return Span(found.start(1), found.end()) if found and len(found.group(1)) <= 80 else None


@Language.component("dateline_paragraphs")
def _paragraphs(doc: Doc) -> Doc:
    """Starts a sentence after every line break that is left."""
    for i, token in enumerate(doc[:-1]):
        if token.is_space and "\n" in token.text:
            doc[i + 1].is_sent_start = True
    return doc


def prepare(nlp: Language) -> Language:
    """The pipeline with Dateline's sentence breaks added; call once after loading."""
    if "dateline_paragraphs" not in nlp.pipe_names:
        before = next((name for name in ("parser", "senter") if name in nlp.pipe_names), None)
        nlp.add_pipe("dateline_paragraphs", before=before)
    return nlp
