"""Take the pictures of the README anew: the page of the examples, on a desk and on a phone.

    python docs/images/take.py

It needs playwright and chromium; both pictures show the story of the ferry.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from variorum.api import make_store_edition, open_store, read_inputs
from variorum.present.index import EditionIndex
from variorum.present.page import render_page

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"

PICTURES: tuple[tuple[str, dict[str, Any], str], ...] = (
    (
        "story.png",
        {"viewport": {"width": 1440, "height": 1000}, "color_scheme": "light"},
        # The table with the first lines of what stands above it.
        "story => scrollBy(0, story.querySelector('.pair').getBoundingClientRect().top - 130)",
    ),
    (
        "phone.png",
        {
            "viewport": {"width": 390, "height": 844},
            "device_scale_factor": 2,
            "has_touch": True,
            "color_scheme": "dark",
        },
        "story => story.querySelectorAll('.statement')[1].scrollIntoView()",
    ),
)


def main() -> int:
    """Write the pictures beside this file."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("chromium is not installed", file=sys.stderr)  # noqa: T201
        return 1
    with open_store(None) as store:
        read_inputs([str(EXAMPLES)], store)
        html = render_page(EditionIndex(make_store_edition(store)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "examples.html"
        file.write_text(html, encoding="utf-8", newline="\n")
        arguments = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for name, screen, scroll in PICTURES:
            take(browser, file.as_uri(), HERE / name, screen, scroll)
        browser.close()
    return 0


def take(browser: Browser, address: str, path: Path, screen: dict[str, Any], scroll: str) -> None:
    """Save what a screen shows of the page after scrolling."""
    context = browser.new_context(reduced_motion="reduce", **screen)
    page = context.new_page()
    page.goto(address)
    page.locator(".story", has_text="ferry").first.evaluate(scroll)
    page.wait_for_timeout(300)  # the heads of the columns follow a frame later
    page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
