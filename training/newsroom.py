"""Reads the invented stories of ``newsroom/``: names, mentions and attributions marked in the text.

    python training/newsroom.py FILE ...     # checks them and counts what they hold

``newsroom/GUIDE.md`` says how they are marked. Offsets are code points of the text without marks.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEAD = re.compile(r"^=== *([\w-]+) *\| *(.+?) *$", re.MULTILINE)
MARK = re.compile(r"\{([A-Z]*):([\w-]+)\||(\})|<(/?)([sqc])(\d+)>")
KINDS = frozenset(["PER", "ORG", "LOC", "NORP", "EVENT", "WEAPON", "VEHICLE", "WORK"])
PARTS = {"s": "source", "q": "cue", "c": "content"}

Span = tuple[int, int]


class MarkError(ValueError):
    """A mark that opens and does not close, or the other way round."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name (``kind`` not empty), a pronoun or a description of the participant ``id``."""

    start: int
    end: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (``source``, may be empty) said (``cue``) what (``content``), each in spans."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One story without its marks, and what they said."""

    slug: str
    outlet: str
    text: str
    mentions: tuple[Mention, ...]
    attributions: tuple[Attribution, ...]


def iter_stories(path: Path) -> Iterator[Story]:
    """Yield the stories of a file.

    Raises:
        MarkError: With the story's slug and the words at fault.
    """
    marked = path.read_text(encoding="utf-8")
    heads = list(HEAD.finditer(marked))
    for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(marked)], strict=True):
        yield parse_story(head[1], head[2], marked[head.end() : end].strip())


def parse_story(slug: str, outlet: str, marked: str) -> Story:
    """Return a story from its marked text.

    Raises:
        MarkError: With the words at fault.
    """
    marks = _Marks(slug)
    pieces: list[str] = []
    last = length = 0
    for mark in MARK.finditer(marked):
        pieces.append(marked[last : mark.start()])
        length += len(pieces[-1])
        last = mark.end()
        near = marked[max(0, mark.start() - 40) : mark.end() + 40].replace("\n", " ")
        if mark[5]:
            marks.add_tag(mark, length, near)
        else:
            marks.add_brace(mark, length, near)
    text = "".join([*pieces, marked[last:]])
    marks.check_closed()
    if stray := re.search(r"[{}|]|</?[a-z]\d*>", text):
        raise MarkError(f"{slug}: a stray mark near: {text[max(0, stray.start() - 40) :][:80]!r}")
    mentions = tuple(sorted(marks.mentions, key=lambda m: (m.start, -m.end)))
    return Story(slug, outlet, text, mentions, tuple(_make_attributions(slug, marks.parts)))


class _Marks:
    """The marks of a story as they open and close."""

    def __init__(self, slug: str) -> None:
        self.mentions: list[Mention] = []
        self.parts: dict[tuple[str, int], list[Span]] = {}
        self._slug = slug
        self._braces: list[tuple[int, str, str]] = []
        self._tags: dict[tuple[str, int], int] = {}

    def add_brace(self, mark: re.Match[str], at: int, near: str) -> None:
        if mark[2]:
            if mark[1] and mark[1] not in KINDS:
                raise MarkError(f"{self._slug}: unknown kind {mark[1]!r} near: {near}")
            self._braces.append((at, mark[1], mark[2]))
            return
        if not self._braces:
            raise MarkError(f"{self._slug}: a brace closes what none opened near: {near}")
        start, kind, name = self._braces.pop()
        self.mentions.append(Mention(start, at, kind, name))

    def add_tag(self, mark: re.Match[str], at: int, near: str) -> None:
        key = (mark[5], int(mark[6]))
        if not mark[4]:
            if key in self._tags:
                raise MarkError(f"{self._slug}: {mark[0]} opened twice near: {near}")
            self._tags[key] = at
            return
        if key not in self._tags:
            raise MarkError(f"{self._slug}: {mark[0]} closes what none opened near: {near}")
        self.parts.setdefault(key, []).append((self._tags.pop(key), at))

    def check_closed(self) -> None:
        left = [f"{{...:{name}|" for _, _, name in self._braces]
        left += [f"<{part}{number}>" for part, number in self._tags]
        if left:
            raise MarkError(f"{self._slug}: opened and not closed: {', '.join(left)}")


def _make_attributions(
    slug: str, parts: dict[tuple[str, int], list[Span]]
) -> Iterator[Attribution]:
    for number in sorted({number for _, number in parts}):
        spans = {name: tuple(parts.get((part, number), ())) for part, name in PARTS.items()}
        if not spans["content"] or not spans["cue"]:
            raise MarkError(f"{slug}: attribution {number} lacks its cue or its content")
        yield Attribution(**spans)


def iter_paragraphs(story: Story) -> Iterator[tuple[int, str]]:
    """Yield each paragraph and where it begins."""
    for paragraph in re.finditer(r"\S[^\n]*", story.text):
        yield paragraph.start(), paragraph[0]


def check(story: Story) -> Iterator[str]:
    """Yield what looks wrong in a story that can be read."""
    for mention in story.mentions:
        words = story.text[mention.start : mention.end]
        where = f"{story.slug}: {words!r}"
        if words != words.strip() or not words:
            yield f"{where} begins or ends with white space"
        if "\n" in words:
            yield f"{where} runs over a line"
        if mention.kind and words.endswith(("'s", "’s")) and mention.kind == "PER":
            yield f"{where}: leave the possessive outside"
        if mention.kind and not any(c.isupper() or c.isdigit() for c in words):
            yield f"{where}: a name without a capital (write it so only in machine translation)"
    for attribution in story.attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            words = story.text[slice(*span)]
            if words != words.strip() or not words:
                yield f"{story.slug}: {words!r} begins or ends with white space, or is empty"


def main() -> None:
    """Check files; print what is wrong and how much there is."""
    counts: Counter[str] = Counter()
    slugs: Counter[str] = Counter()
    failed = False
    for path in map(Path, sys.argv[1:]):
        try:
            for story in iter_stories(path):
                slugs[story.slug] += 1
                counts["stories"] += 1
                counts["words"] += len(story.text.split())
                counts["attributions"] += len(story.attributions)
                for mention in story.mentions:
                    counts[mention.kind or "pronouns, descriptions"] += 1
                for wrong in check(story):
                    print(f"{path.name}: {wrong}")
        except MarkError as error:
            failed = True
            print(f"{path.name}: {error}")
    for slug, count in slugs.items():
        if count > 1:
            print(f"slug used twice: {slug}")
    print(", ".join(f"{count:,} {what}" for what, count in counts.most_common()))
    sys.exit(failed)


if __name__ == "__main__":
    main()
