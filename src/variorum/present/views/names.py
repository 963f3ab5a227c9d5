"""Who the articles speak of: spellings, labels, and how often each is quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from variorum.present.index import UNKNOWN_SPEAKER
from variorum.present.views.links import Link, LinksRow, StoryIndex, count, iter_once, make_target

UNSURE = 0.7
"""Below this a name is only perhaps the entity's; the page says so, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way of writing a name, with the outlets that use it.

    Attributes:
        places: Links to its first place in each outlet, the outlet's name their text.
    """

    text: str
    places: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """One entity of a story with its spellings.

    Attributes:
        renamed: Where an article says that it changed its name: ``"Jund al-Safa → ..."``.
    """

    name: str
    kind: str
    spellings: tuple[Spelling, ...]
    renamed: tuple[Link, ...]

    @property
    def is_alike(self) -> bool:
        """Whether everybody writes it one way."""
        return len(self.spellings) == 1 and not self.renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """Somebody who is quoted, and every place where, by outlet."""

    name: str
    n_quotations: str
    outlets: tuple[tuple[str, tuple[Link, ...]], ...]


def make_names(told: StoryIndex) -> tuple[NameView, ...]:
    """Return the entities of a story, those that are written in most ways first."""
    index = told.index
    found: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for article, notes in index.iter_annotated(told.account):
        for mention in notes.mentions:
            owner = index.entity_of_chain.get(mention.chain)
            if owner is not None and mention.form == "name":
                link = told.link(article.id, mention.span, _doubt(told, mention.chain))
                found[owner].append((article.outlet, link))
    views = []
    for entity_id, links in found.items():
        entity = index.entities[entity_id]
        renamed = {
            f"{r.old} → {r.new}": Link(
                text=f"{r.old} → {r.new}", target=make_target(r.article, r.span)
            )
            for r in reversed(entity.renamed)
            if r.article in index.articles
        }
        views.append(
            (
                len(links),
                entity_id,
                NameView(
                    name=entity.name,
                    kind=entity.kind,
                    spellings=tuple(_iter_spellings(links)),
                    renamed=tuple(renamed.values()),
                ),
            )
        )
    views.sort(key=lambda v: (-len(v[2].renamed), -len(v[2].spellings), -v[0], v[1]))
    return tuple(view for _, _, view in views)


def _iter_spellings(links: list[tuple[str, Link]]) -> Iterator[Spelling]:
    by_text: dict[str, list[Link]] = defaultdict(list)
    for outlet, link in iter_once(links):
        by_text[link.text].append(replace(link, text=outlet))
    for text, places in sorted(by_text.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Spelling(text=text, places=tuple(places))


def make_labels(told: StoryIndex) -> tuple[LinksRow, ...]:
    """Return what each outlet calls whom, most labelled first."""
    index = told.index
    found: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for article, notes in index.iter_annotated(told.account):
        for label in notes.labels:
            entity = index.entity_of_chain.get(label.chain or "")
            if entity is None:
                continue
            voice = "own voice"
            if label.quotation in index.quotations:
                voice = f"quoting {index.name_of_quoted(index.quotations[label.quotation][1])}"
            doubt = _doubt(told, label.chain or "")
            note = ", ".join(
                filter(None, [voice, "in scare quotes" if label.is_scare_quoted else "", doubt])
            )
            link = Link(text=label.text, target=make_target(article.id, label.span), note=note)
            found[entity].append((article.outlet, link))
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        LinksRow(head=index.entities[entity].name, cells=told.by_outlet(iter_once(links)))
        for entity, links in ranked
    )


def make_voices(told: StoryIndex) -> tuple[VoiceView, ...]:
    """Return who is quoted where, most quoted first; whose name is not told comes last."""
    found: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for article, notes in told.index.iter_annotated(told.account):
        for quotation in notes.quotations:
            name = told.index.name_of_quoted(quotation)
            link = told.link(article.id, quotation.content[0].span)
            found[name].append((article.outlet, link))
    ranked = sorted(
        found.items(), key=lambda item: (item[0] == UNKNOWN_SPEAKER, -len(item[1]), item[0])
    )
    return tuple(
        VoiceView(
            name=name,
            n_quotations=count(len(links), "quotation"),
            outlets=tuple(
                (outlet, cell)
                for outlet, cell in zip(told.outlets, told.by_outlet(links), strict=True)
                if cell
            ),
        )
        for name, links in ranked
    )


def _doubt(told: StoryIndex, chain: str) -> str:
    """Return why a name is only perhaps the entity's; empty where that is sure enough."""
    link = told.index.link_of_chain.get(chain)
    if link is None or link.score >= UNSURE:
        return ""
    return f"perhaps: {link.reasons[0]}" if link.reasons else "perhaps"
