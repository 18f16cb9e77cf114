"""Who may do what: log-in and roles where they are configured, nothing but this machine where they are not.

``enter`` stands before every page, ``require`` before what a role is needed for, and ``guard`` inside every transaction
that writes to the store (``Store.guard``), so that no page can forget it.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from extract.errors import NotAllowedError
from views import words

# Each may do what those before it may: nothing, read, decide in review, add reports.
NOBODY, VIEWER, REVIEWER, EDITOR = ROLES = ("nobody", "viewer", "reviewer", "editor")
PUBLIC = "DATELINE_PUBLIC"
_DOES = {VIEWER: "read here", REVIEWER: "change anything here", EDITOR: "add reports here"}


def enter() -> None:
    """Go on where the visitor may read; else show the log-in, or why nobody is served, and stop the page."""
    reason = refusal(st.get_option("server.address"), configured=_configured(), public=_public())
    if reason:
        st.error(reason, icon=":material/lock:")
        st.stop()
    if role() == NOBODY:
        st.subheader("Dateline")
        st.button("Log in", on_click=st.login, type="primary", icon=":material/login:")
        st.stop()


def role() -> str:
    """The role of this session's visitor, one of ``ROLES``."""
    if _configured():
        found = role_of(dict(st.user), st.secrets.get("roles", {}))
        return VIEWER if found == NOBODY and _public() else found
    if _public():
        return VIEWER
    return EDITOR if local(st.get_option("server.address")) else NOBODY


def name() -> str | None:
    """Whom this session's visitor logged in as; None where there is no log-in, and whoever is here gives a name."""
    if not _configured() or not st.user.get("is_logged_in"):
        return None
    return str(st.user.get("email") or st.user.get("name") or st.user.get("sub"))


def leave() -> None:
    """Say who is logged in, in which role, beside a button to log out; nothing where there is no log-in."""
    known = name()
    if known is not None:
        st.caption(f"Logged in as {words.markdown(known)}: {role()}")
        st.button("Log out", on_click=st.logout, icon=":material/logout:", key="log-out")


def require(wanted: str) -> None:
    """Raise NotAllowedError unless this session's visitor has the role or a higher one."""
    if ROLES.index(role()) < ROLES.index(wanted):
        raise NotAllowedError(f"you may not {_DOES[wanted]}: that takes the role of {wanted}, yours is {role()}")


def guard(decides: bool) -> None:
    """Raise NotAllowedError unless this session's visitor may decide in review; or else may add to the store."""
    require(REVIEWER if decides else EDITOR)


def role_of(user: Mapping[str, Any], roles: Mapping[str, Any]) -> str:
    """The role of a logged-in user by the lists of e-mail addresses in ``roles``; a viewer where no list has them.

    An address that the provider says it has not verified counts for nothing.
    """
    if not user.get("is_logged_in"):
        return NOBODY
    address = str(user.get("email") or "").casefold()
    if not address or user.get("email_verified") in (False, "false"):
        return VIEWER
    for name in (EDITOR, REVIEWER):
        if address in {str(one).casefold() for one in roles.get(name, ())}:
            return name
    return VIEWER


def refusal(address: str | None, *, configured: bool, public: bool) -> str | None:
    """Why the app may not be served at an address; None where it may."""
    if local(address) or configured or public:
        return None
    return (
        f"Dateline is not served at {address or 'every address of this machine'} without log-in: anybody there could "
        f"change the store. Configure log-in (docs/operations.md), or set {PUBLIC}=read, so that everybody may read "
        "and nobody may write, or serve it at 127.0.0.1"
    )


def local(address: str | None) -> bool:
    """True where only this machine reaches the address; Streamlit takes none for all."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "0.0.0.0").is_loopback
    except ValueError:
        return False


def start_refusal(address: str) -> str | None:
    """Why the app may not be started at an address with the settings as they are; None where it may."""
    return refusal(address, configured=_configured(), public=_public())


def _configured() -> bool:
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def _public() -> bool:
    return os.environ.get(PUBLIC, "").strip() == "read"
