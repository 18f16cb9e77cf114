"""A mail (.eml) -> the one report in its body."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any, BinaryIO

from extract.errors import InputError
from extract.read import whole
from extract.read.records import Defaults, Refusal, Row

MAX_BYTES = 50_000_000


def reports(stream: BinaryIO, source: str, defaults: Defaults) -> Iterator[Row | Refusal]:
    """The mail's body as plain text under its subject, sent when its head says; attachments are left out."""
    mail = email.message_from_bytes(whole.read(stream, MAX_BYTES), policy=email.policy.default)
    if not isinstance(mail, EmailMessage) or not ({"from", "subject", "date"} & {name.lower() for name in mail}):
        raise InputError("has no head of a mail (From, Subject, Date)")
    try:
        row: dict[str, Any] = {
            "text": _body(mail),
            "title": _head(mail, "subject"),
            "publisher": _sender(mail),
            "published": _sent(mail),
        }
    except (LookupError, ValueError, AttributeError) as error:
        raise InputError(f"is a mail whose parts cannot be decoded ({error})") from error
    yield whole.made(row, source, 1, defaults)


def _body(mail: EmailMessage) -> str:
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise InputError("is a mail without a text")
    words = str(body.get_content()).replace("\r\n", "\n")
    if body.get_content_subtype() == "plain":
        return words.strip()
    return "\n".join(str(row["text"]) for row in whole.PARSER.rows("fragment", words.encode("utf-8", "replace")))


def _head(mail: EmailMessage, name: str) -> str | None:
    return " ".join(str(mail[name]).split()) if mail[name] else None


def _sender(mail: EmailMessage) -> str | None:
    name, address = parseaddr(str(mail["from"] or ""))
    return name or address or None


def _sent(mail: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(mail["date"])).date().isoformat()
    except (TypeError, ValueError):
        return None
