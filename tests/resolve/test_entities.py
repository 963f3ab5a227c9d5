from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from told import link, make_article, make_story

from variorum.model.annotation import Annotations
from variorum.model.article import Article
from variorum.model.entity import ChainLink, Entity
from variorum.model.story import Story
from variorum.resolve import resolve_chains

Resolved = tuple[tuple[Entity, ...], tuple[ChainLink, ...]]


def read(*texts: str) -> tuple[list[Article], list[Annotations]]:
    ids = [f"a{number}" for number in range(len(texts))]
    articles = [make_article(text, one) for text, one in zip(texts, ids, strict=True)]
    return articles, [link(text, (), one) for text, one in zip(texts, ids, strict=True)]


def resolve(texts: Sequence[str], stories: Sequence[Story]) -> Resolved:
    return resolve_chains(*read(*texts), stories)


def spellings(resolved: Resolved, name: str) -> set[str]:
    (entity,) = [entity for entity in resolved[0] if entity.name == name]
    return {variant.text for variant in entity.variants}


def test_spellings_of_one_person_are_one_entity() -> None:
    """Transliterations and bare surnames of a story are the person named in full."""
    texts = (
        "Norwegian Foreign Minister Sergei Branov spoke.",
        "The Norwegian minister Sergey Branov spoke.",
        "Branov spoke in Oslo. The minister was late.",
    )
    resolved = resolve(texts, [make_story("s", "a0", "a1", "a2")])

    assert spellings(resolved, "Sergei Branov") >= {"Sergei Branov", "Sergey Branov", "Branov"}


def test_spellings_of_one_group_are_one_entity() -> None:
    """Foreign heads, articles and a stated renaming lead to one group."""
    texts = (
        "They fought “dzhebhat EN-Nahra” in the hills.",
        "They fought the al-Nahra Front in the hills.",
        "The Nahra Front, which changed its name to Jabhat Bahr al-Nur, left the hills.",
    )
    resolved = resolve(texts, [make_story("s", "a0", "a1", "a2")])
    (entity,) = [entity for entity in resolved[0] if entity.kind == "group"]
    (renaming,) = entity.renamed

    assert len(entity.variants) == 4
    assert (renaming.old, renaming.new) == ("Nahra Front", "Jabhat Bahr al-Nur")
    assert renaming.span.of(texts[2]).startswith("Nahra Front")


def test_different_given_names_stay_apart() -> None:
    """Two bearers of a surname are two, and a bare surname joins neither."""
    texts = ("Robert Keltner spoke.", "Maria Keltner spoke.", "The judge heard Keltner on Monday.")
    resolved = resolve(texts, [make_story("s", "a0", "a1", "a2")])

    assert spellings(resolved, "Robert Keltner") == {"Robert Keltner"}
    assert spellings(resolved, "Maria Keltner") == {"Maria Keltner"}


def test_a_name_alone_joins_no_two_stories() -> None:
    """The same full name in two stories, with nothing else in common, is two persons."""
    texts = ("Police arrested Robert Keltner in Oslo.", "A fire killed Robert Keltner in Bergen.")
    apart = resolve(texts, [make_story("s", "a0"), make_story("t", "a1")])
    together = resolve(texts, [make_story("s", "a0", "a1")])

    assert sum(entity.name == "Robert Keltner" for entity in apart[0]) == 2
    assert sum(entity.name == "Robert Keltner" for entity in together[0]) == 1


def test_a_shared_role_joins_two_stories() -> None:
    """The same name with the same office is one person wherever it is told."""
    texts = ("Norwegian President Robert Keltner spoke.", "Norway's President Robert Keltner left.")
    resolved = resolve(texts, [make_story("s", "a0"), make_story("t", "a1")])

    assert sum(entity.name == "Robert Keltner" for entity in resolved[0]) == 1


def test_ministries_of_two_countries_stay_apart() -> None:
    """A bland name does not bring together what its countries keep apart."""
    texts = (
        "The Italian Foreign Ministry denied it.",
        "The Spanish Foreign Ministry denied it.",
        "The Foreign Ministry denied it.",
    )
    resolved = resolve(texts, [make_story("s", "a0", "a1", "a2")])

    assert "Italian Foreign Ministry" not in spellings(resolved, "Spanish Foreign Ministry")


def test_an_office_alone_finds_who_holds_it_in_the_story() -> None:
    """A president without a name is whom the other articles of the story call so."""
    texts = (
        "Norwegian President Robert Keltner spoke.",
        "The Norwegian president spoke on Monday.",
    )
    resolved = resolve(texts, [make_story("s", "a0", "a1")])

    assert "The Norwegian president" in spellings(resolved, "Robert Keltner")


def test_groups_described_alike_are_one_entity_of_their_story() -> None:
    """What several articles of a story call "the migrants" is one group there."""
    texts = ("The migrants walked to Oslo.", "Soldiers met the migrants.", "The migrants sang.")
    stories = [make_story("s", "a0", "a1"), make_story("t", "a2")]
    entities, links = resolve(texts, stories)

    assert [entity.name for entity in entities if entity.kind == "group"] == ["migrants"]
    assert {link.article_id for link in links if link.score < 1.0} == {"a1"}


TEXTS = (
    "Norwegian Foreign Minister Sergei Branov met Robert Keltner.",
    "Sergey Branov met Maria Keltner of the Free Harbour Front (FHF).",
    "Branov met Keltner. The FHF left Oslo.",
    "The minister and Mr. Keltner met the Harbour Front in Oslo, Norway.",
)
STORIES = (make_story("s", "a0", "a1", "a2"), make_story("t", "a3", storylines=("l",)))


@given(st.permutations(range(len(TEXTS))), st.permutations(STORIES))
@settings(max_examples=25, deadline=None)
def test_entities_do_not_depend_on_the_order(order: list[int], stories: list[Story]) -> None:
    """Articles and stories may come in any order: the same entities, the same links."""
    articles, annotations = READ
    shuffled = resolve_chains(
        [articles[at] for at in order], [annotations[at] for at in order], stories
    )

    assert shuffled == resolve_chains(articles, annotations, STORIES)


READ = read(*TEXTS)


def test_every_link_leads_to_an_entity_and_every_named_chain_has_one() -> None:
    """Links and entities belong together, and no named chain is left out."""
    entities, links = resolve_chains(*READ, STORIES)
    named = {
        (one.article_id, chain.id) for one in READ[1] for chain in one.chains if chain.is_named
    }

    assert {link.entity for link in links} == {entity.id for entity in entities}
    assert named <= {(link.article_id, link.chain) for link in links}
    assert all(link.reasons for link in links if link.score < 1.0)


def test_no_articles_have_no_entities() -> None:
    """Nothing comes of nothing."""
    assert resolve_chains((), (), ()) == ((), ())


def test_a_victim_is_no_office() -> None:
    """Somebody who is only "the victim" or "the mother" is nobody whom another article names."""
    texts = (
        "The victim, Ann Lane, was shot in Oslo. Lane died on Monday.",
        "The victim was shot in Bergen. The mother of the victim wept.",
    )
    _, links = resolve(texts, [make_story("s", "a0", "a1")])
    entity = {link.entity for link in links if link.article_id == "a0"}

    assert not any(link.entity in entity for link in links if link.article_id == "a1")
