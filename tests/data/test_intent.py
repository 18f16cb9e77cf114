"""What words say of intent, turned round by a "not" and left open by an "if"."""

from __future__ import annotations

import pytest

from data import intent


@pytest.mark.parametrize(
    "words, meant",
    [
        ("An inquiry found that it was an unintentional mistake, the command said.", "mistake"),
        ("The strike appeared to be an error.", "mistake"),
        ("The pilots thought they were attacking Islamic State fighters.", "mistake"),
        ("The ministry said that the attack was intentional and not a mistake.", "deliberate"),
        ("He said that it had not been a mistake.", "deliberate"),
        ("The convoy was hit deliberately, the mayor said.", "deliberate"),
        ("The army denied that it had deliberately hit the school.", "mistake"),
        ("We would never knowingly strike a Syrian unit.", "mistake"),
        ("The claim that the pilots did not know whom they were bombing convinces no one.", "deliberate"),
        ("Should the strike prove to have been an error, the ministry noted, others are to blame.", None),
        ("It is unclear whether the strike was deliberate.", None),
        ("Twelve people were killed.", None),
        ("", None),
    ],
)
def test_intent(words: str, meant: str | None) -> None:
    found = intent.read(words)
    assert (found and found[0]) == meant
    if found:
        assert words[found[1] : found[2]].strip()
