from __future__ import annotations

from variorum.model.article import Page, mend_page


def test_mend_page() -> None:
    """Half of a surrogate pair becomes one other character, wherever it stands."""
    page = Page(where="x", path=None, media="text", content="a\ud800b", default_outlet="Caf\udce9")

    mended = mend_page(page)

    assert (mended.content, mended.default_outlet) == ("a\ufffdb", "Caf\ufffd")
    assert mend_page(mended) is mended
