"""The words of a paragraph as names need them, whatever the tokeniser made of their hyphens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.annotate.analysis import Paragraph
from variorum.languages.names import ARTICLES, PEOPLES
from variorum.model.annotation import EntityKind
from variorum.model.span import Span

_WORD = re.compile(
    r"""
    \d [\d.,]* \d                                                    # 12,000
    | (?: [^\W\d_]\. ){2,}                                           # U.S.
    | (?: Mr | Mrs | Ms | Dr | Prof | Gen | Col | Lt | Sgt | Sen | Rep | Gov | Maj | Capt | St
        | Rev | Hon | Adm | Cmdr | Brig | Insp | Supt | Det | Amb | Jr | Sr )\b\.    # Gen.
    | [^\W\d_]\.(?= [ ]? [^\W\d_a-z] )                               # the C. of "James C. Lee"
    | (?<!\\) [^\W_]+ (?: [-‐‑'’`&.] [^\W_]+ )*                      # al-Amin, O’Brien, AT&T
    """,
    re.VERBOSE,
)
_TAIL = re.compile(r"(?:['’](?:[sS]|re|ve|ll|d|m)|(?<=s)['’])$")
_POSSESSIVE_TAILS = frozenset({"'s", "’s", "'", "’"})
_ARTICLE_PREFIX = re.compile(r"^([^\W\d_]{1,3})[-‐‑](?=[^\W\d_])")
# "US-backed", "al-Qaeda-linked", "English-language" are adjectives, "Jong-un" is a name.
_COMPOUND = re.compile(
    r"[-‐‑](?:[a-z]*ed|led|held|born|run|owned|wide|style|era|language|made|old|friendly|like|only)$"
)
_LABELS: dict[str, EntityKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "GPE": "place",
    "FAC": "place",
    "NORP": "group",
    "EVENT": "other",
    "WEAPON": "other",
    "VEHICLE": "other",
    "WORK": "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a paragraph.

    Attributes:
        span: In article offsets, a possessive ending or a short verb left off: ``they`` of
            "they're".
        low: Lower case.
        tag: Penn Treebank tag of its last token; empty where untagged.
        entity: Kind that the model's entity recogniser gives it; None if none.
        gap: The text between the word before and this one.
        is_capital: Written like a name: ``"Nusra"``, ``"al-Nusra"``, ``"EN-Nusra"``.
        is_first: First of its sentence or after an opening quotation mark.
        is_possessor: Whether ``'s`` follows.
        tail: What was left off, lower case: ``'re``.
        relation: The parser's label of its last token; empty where there is no tree.
        governor: Where the token that it hangs on begins in the article; None without a tree.
        is_people: Whether it is a people or the adjective of a country: ``"Russian"``.
        sentence: Number of its sentence in the article.
    """

    span: Span
    text: str
    low: str
    tag: str
    entity: EntityKind | None
    gap: str
    is_capital: bool
    is_first: bool
    is_possessor: bool
    is_people: bool
    sentence: int
    tail: str = ""
    relation: str = ""
    governor: int | None = None


def find_words(paragraph: Paragraph, first_sentence: int) -> tuple[Word, ...]:
    """Return the words of ``paragraph``, whose sentences count on from ``first_sentence``."""
    text = paragraph.text
    doc = paragraph.doc
    starts = paragraph.starts
    sentence_starts = [
        sentence.span.start - paragraph.span.start for sentence in paragraph.sentences
    ]
    words: list[Word] = []
    last_end, last_sentence = 0, -1
    for match in _WORD.finditer(text):
        start = match.start()
        written = match.group()
        has_mark = "'" in written or "’" in written
        bare = (_TAIL.sub("", written) or written) if has_mark else written
        tail = written[len(bare) :].lower()
        at = max(0, bisect_right(starts, start + max(len(bare) - 1, 0)) - 1)
        token = doc[at] if starts else None
        sentence = max(0, bisect_right(sentence_starts, start) - 1)
        gap = text[last_end:start]
        words.append(
            Word(
                span=Span(paragraph.span.start + start, paragraph.span.start + start + len(bare)),
                text=bare,
                low=bare.lower(),
                tag=token.tag_ if token is not None else "",
                entity=_LABELS.get(token.ent_type_) if token is not None else None,
                gap=gap,
                is_capital=is_capitalised(bare),
                is_first=sentence != last_sentence or gap.rstrip(" ")[-1:] in OPENING_MARKS,
                is_possessor=tail in _POSSESSIVE_TAILS or _has_possessive_after(text, match.end()),
                is_people=bare.lower() in PEOPLES,
                sentence=first_sentence + sentence,
                tail=tail,
                relation=token.dep_ if token is not None and paragraph.is_parsed else "",
                governor=paragraph.span.start + token.head.idx
                if token is not None and paragraph.is_parsed
                else None,
            )
        )
        last_end, last_sentence = match.end(), sentence
    return tuple(words)


OPENING_MARKS = frozenset('“"‘«„:—')


def is_capitalised(word: str) -> bool:
    """Whether a word is written as names are, an Arabic article before it in any case."""
    if word.isalnum():
        return word[:1].isupper()
    if _COMPOUND.search(word):
        return False
    if word[:1].isupper():
        return True
    prefix = _ARTICLE_PREFIX.match(word)
    return bool(prefix and prefix.group(1).lower() in ARTICLES and word[prefix.end()].isupper())


def is_title_case(text: str, words: Sequence[Word]) -> bool:
    """Whether a line is a headline in capitals, so that these tell nothing."""
    if text.rstrip("”\"’'")[-1:] in (".", "!", "?"):
        return False
    long = [word for word in words if len(word.text) > 3]
    return len(long) > 3 and sum(word.is_capital for word in long) > 0.7 * len(long)


def _has_possessive_after(text: str, end: int) -> bool:
    # Spaced-out texts write "Mueller 's".
    return text[end : end + 3].lower() in (" 's", " ’s")
