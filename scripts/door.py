"""Whether the app may be served at an address: ``python -m scripts.door ADDRESS``; exit status 2 and why where not."""

from __future__ import annotations

import sys

from data.progress import say
from views import doors


def main(address: str) -> int:
    """0 where the app may start, 2 where it may not."""
    reason = doors.start_refusal(address)
    if reason:
        say(f"dateline: {reason}")
    return 2 if reason else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
