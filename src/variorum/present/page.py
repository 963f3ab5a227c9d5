"""The edition as one page: a file that needs no network and runs no one else's script.

Everything shown comes from strangers, so Jinja escapes all of it, and the page carries a content
security policy (CSP Level 3) that allows only its own style and script, by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from variorum.languages.weights import FrozenWeights
from variorum.present.controls import REPLACEMENT, TURNING
from variorum.present.index import EditionIndex
from variorum.present.views import make_page_view
from variorum.present.views.links import count

UNPRINTABLE = TURNING | dict.fromkeys([0, *range(0xD800, 0xE000)], REPLACEMENT)
"""What no page can hold, and what would turn the words around it about."""


def render_page(index: EditionIndex) -> str:
    """Return the edition as one HTML page, complete in itself."""
    style, script = _load_part("page.css"), _load_part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page = make_page_view(index, FrozenWeights())
    return (
        _environment()
        .get_template("page.html")
        .render(
            page=page,
            policy=policy,
            # Our own files, not a stranger's words; escaping would change what was hashed.
            style=Markup(style),  # noqa: S704
            script=Markup(script),  # noqa: S704
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("variorum.present"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_make_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["exact"] = _escape_exactly
    environment.filters["count"] = count
    return environment


def _make_printable(value: object) -> object:
    """Return what a template is about to write; what is escaped already stays as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(UNPRINTABLE)
    return value


def _escape_exactly(text: str) -> Markup:
    """Return ``text`` escaped so that a browser counts the same characters in it.

    A parser turns CR LF into LF, drops NUL, and no file can hold a lone surrogate; offsets into
    the article's text would no longer fit.
    """
    return Markup(str(escape(text.translate(UNPRINTABLE))).replace("\r", "&#13;"))  # noqa: S704


def _load_part(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0].strip()


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
