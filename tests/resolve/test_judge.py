from __future__ import annotations

from collections.abc import Sequence

from told import link, make_article, make_story

from variorum.model.entity import ChainLink
from variorum.model.judgement import Judgement, NamedOne, Verdict
from variorum.resolve import resolve_chains

TEXTS = (
    "Norwegian Foreign Minister Sergei Branov spoke in Oslo.",
    "Foreign Minister Sergey Branov of Norway spoke in Oslo.",
    "Olga Tilbeck spoke in Oslo.",
)
LEFT, RIGHT, OTHER = NamedOne("Sergei Branov"), NamedOne("Sergey Branov"), NamedOne("Olga Tilbeck")


def judge(verdict: Verdict, left: NamedOne, right: NamedOne, number: int = 1) -> Judgement:
    return Judgement(
        number=number, verdict=verdict, left=left, right=right, made="2031-05-04T12:00:00+00:00"
    )


def resolve(
    judgements: Sequence[Judgement], texts: Sequence[str] = TEXTS, *, turned: bool = False
) -> dict[str, set[str]]:
    """Return the entities of each name, by name."""
    ids = [f"a{number}" for number in range(len(texts))]
    pairs = list(zip(texts, ids, strict=True))[:: -1 if turned else 1]
    articles = [make_article(text, one) for text, one in pairs]
    notes = [link(text, (), one) for text, one in pairs]
    entities, links = resolve_chains(articles, notes, [make_story("s", *ids)], judgements)
    found: dict[str, set[str]] = {}
    for entity in entities:
        for variant in entity.variants:
            found.setdefault(variant.text, set()).add(entity.id)
    assert all(isinstance(one, ChainLink) for one in links)
    return found


def test_the_machine_holds_them_to_be_one() -> None:
    """Without a judgement, two spellings of a story are one, another name is another."""
    found = resolve([])

    assert found["Sergei Branov"] == found["Sergey Branov"] != found["Olga Tilbeck"]


def test_people_hold_them_to_be_two() -> None:
    """What a person tells apart stays apart, whatever the machine finds."""
    found = resolve([judge("different", LEFT, RIGHT)])

    assert found["Sergei Branov"].isdisjoint(found["Sergey Branov"])


def test_people_hold_them_to_be_one() -> None:
    """What a person joins is one, against any constraint; the link says who said so."""
    judgements = [judge("same", LEFT, OTHER)]
    found = resolve(judgements)

    assert found["Sergei Branov"] == found["Olga Tilbeck"]
    articles = [make_article(text, f"a{n}") for n, text in enumerate(TEXTS)]
    notes = [link(text, (), f"a{n}") for n, text in enumerate(TEXTS)]
    _, links = resolve_chains(articles, notes, [], judgements)
    assert any("judged" in reason for one in links for reason in one.reasons)


def test_two_namesakes() -> None:
    """Two people of one name are told apart by their articles."""
    texts = ("Sergei Branov spoke in Oslo.", "Sergei Branov spoke in Oslo.")
    apart = judge("different", NamedOne("Sergei Branov", "a0"), NamedOne("Sergei Branov", "a1"))

    assert len(resolve([], texts)["Sergei Branov"]) == 1
    assert len(resolve([apart], texts)["Sergei Branov"]) == 2


def test_judgements_hold_in_any_order() -> None:
    """The entities are the same whatever the order of judgements and of articles."""
    one, other = judge("same", LEFT, OTHER), judge("different", RIGHT, OTHER, number=2)
    found = resolve([one, other])

    assert found == resolve([other, one]) == resolve([one, other], turned=True)
    assert found["Sergei Branov"] == found["Olga Tilbeck"]
    assert found["Sergey Branov"].isdisjoint(found["Olga Tilbeck"])


def test_a_judgement_of_nobody_does_nothing() -> None:
    """A name that no article has is kept for the day when one comes."""
    assert resolve([judge("same", NamedOne("Nobody"), NamedOne("No One"))]) == resolve([])
