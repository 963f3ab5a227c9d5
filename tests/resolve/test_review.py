from __future__ import annotations

from told import link, make_article, make_story

from variorum.model.judgement import Judgement, NamedOne
from variorum.resolve import resolve_chains
from variorum.resolve.review import DoubtfulPair, find_doubtful

TEXTS = (
    "Norwegian Foreign Minister Sergei Branov spoke in Oslo.",
    "Branov spoke in Oslo.",
    "Branov was late. Olga Tilbeck spoke in Oslo.",
)


def find(*judgements: Judgement) -> tuple[DoubtfulPair, ...]:
    ids = [f"a{number}" for number in range(len(TEXTS))]
    articles = [make_article(text, one) for text, one in zip(TEXTS, ids, strict=True)]
    notes = [link(text, (), one) for text, one in zip(TEXTS, ids, strict=True)]
    stories = [make_story("s", *ids)]
    _, links = resolve_chains(articles, notes, stories, judgements)
    return find_doubtful(articles, notes, stories, links, judgements)


def test_what_a_surname_leaves_open_is_asked() -> None:
    """A surname alone and the full name are a pair, with its places; two strangers are none."""
    pairs = find()
    (pair,) = [one for one in pairs if one.right == "Sergei Branov"]

    assert pair.left == "Branov"
    assert pair.score.reasons
    assert pair.n_articles == (2, 1)
    assert [place.span.of(TEXTS[int(place.article[1:])]) for place in pair.places] == [
        "Branov",
        "Sergei Branov",
    ]
    assert not any("Olga Tilbeck" in (one.left, one.right) for one in pairs)
    assert [one.value for one in pairs] == sorted((one.value for one in pairs), reverse=True)


def test_what_was_judged_is_asked_no_more() -> None:
    """A pair that a person judged is left out, whichever name came first."""
    said = Judgement(
        number=1,
        verdict="same",
        left=NamedOne("sergei branov"),
        right=NamedOne("Branov"),
        made="2031-05-04T12:00:00+00:00",
    )

    assert not any(one.right == "Sergei Branov" for one in find(said))
