"""The errors that Dateline raises on purpose; everything else is a defect.

DatelineError
├── ConflictError       what was to be changed has changed meanwhile
├── InputError          a report, row or file that cannot be read; names the line and the reason
│   └── FetchError      a page or feed that may not or cannot be fetched
├── NotAllowedError     who asks has not the role that it takes
├── ReferenceDataError  reference data (model, lexicon, gazetteer index) missing or damaged
└── StoreError          the store cannot be opened, is locked, read-only or of a newer schema
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors with a message meant for the user."""


class ConflictError(DatelineError):
    """What somebody was about to change has been changed by another meanwhile."""


class InputError(DatelineError):
    """A report or row that cannot be read."""


class FetchError(InputError):
    """A page or feed that may not or cannot be fetched.

    ``lasting`` where asking again would not help, ``status`` of HTTP where there was an answer, ``wait`` the seconds
    that the site asks for.
    """

    def __init__(
        self, reason: str, *, lasting: bool = False, status: int | None = None, wait: float | None = None
    ) -> None:
        super().__init__(reason)
        self.lasting, self.status, self.wait = lasting, status, wait


class NotAllowedError(DatelineError):
    """Something that takes a role which the person has not."""


class ReferenceDataError(DatelineError):
    """A model, lexicon or gazetteer that is missing or damaged."""


class StoreError(DatelineError):
    """A store that cannot be opened or written."""
