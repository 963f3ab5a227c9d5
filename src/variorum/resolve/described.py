"""Links what an article only describes to whom its story names, or to its like in the story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.languages.names import iter_places
from variorum.languages.roles import Role, fits_role, is_same_role, parse_role
from variorum.languages.tables import load_table
from variorum.model.annotation import Annotations, Chain, EntityKind
from variorum.model.story import Story
from variorum.resolve.participants import find_stories

LEAST_ARTICLES = 2
"""A described group is an entity where at least so many articles of a story speak of it."""
DOMINANCE = 2
"""How many times more articles must give somebody the role than anybody else."""
DESCRIBED_SCORE = 0.6
_ROLES = load_table("roles")
_LOOSE = frozenset(_ROLES["loose_people"]) | frozenset(_ROLES["loose"])
_NO_OFFICE = _LOOSE | frozenset(_ROLES["kin"]) | frozenset(_ROLES["person"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """Chains without a name that are held to be one group of a story."""

    name: str
    kind: EntityKind
    keys: tuple[tuple[str, str], ...]


def iter_role_links(
    annotations: Sequence[Annotations],
    stories: Sequence[Story],
    roles_of: Mapping[str, Counter[Role]],
    entities_in: Mapping[str, set[str]],
) -> Iterator[tuple[tuple[str, str], str, str]]:
    """Yield (article and chain, entity, reason) for persons known by their office alone.

    ``roles_of`` counts the articles that give an entity a role; ``entities_in`` tells which
    persons a story names.
    """
    stories_of, _ = find_stories(stories)
    for one in sorted(annotations, key=lambda each: each.article_id):
        own = stories_of.get(one.article_id, {one.article_id})
        near = sorted({entity for story in own for entity in entities_in.get(story, set())})
        for chain in one.chains:
            if chain.is_named or chain.kind != "person" or not _is_definite(chain):
                continue
            found = _pick_by_role(chain, near, roles_of)
            if found is not None:
                yield (one.article_id, chain.id), found, f"called {chain.name} in this story"


def _is_definite(chain: Chain) -> bool:
    low = chain.name.lower()
    return not low.startswith(("a ", "an ", "his ", "her ", "their ", "its ", "one ", "another "))


def _pick_by_role(
    chain: Chain, entities: Iterable[str], roles_of: Mapping[str, Counter[Role]]
) -> str | None:
    # Each story of its kind has a victim, a mother, an officer.
    wanted = [role for role in map(parse_role, chain.roles) if role.head not in _NO_OFFICE]
    counts: Counter[str] = Counter()
    for entity in entities:
        for role, n_articles in roles_of.get(entity, Counter()).items():
            if any(is_same_role(one, role) and fits_role(one, role) for one in wanted):
                counts[entity] += n_articles
    best = counts.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < DOMINANCE * best[1][1]):
        return None
    return best[0][0]


def find_described(
    annotations: Sequence[Annotations], stories: Sequence[Story]
) -> tuple[Described, ...]:
    """Return groups that several articles of a story describe alike: "the migrants"."""
    stories_of, _ = find_stories(stories)
    found: dict[tuple[str, str, str], list[tuple[str, Chain]]] = defaultdict(list)
    for one in sorted(annotations, key=lambda each: each.article_id):
        own = sorted(stories_of.get(one.article_id, set()))[:1]
        for chain in one.chains:
            key = None if chain.is_named else _key_of(chain)
            if own and key is not None:
                found[own[0], *key].append((one.article_id, chain))
    return tuple(
        _make_described(chains)
        for _, chains in sorted(found.items())
        if len({article for article, _ in chains}) >= LEAST_ARTICLES
    )


def _key_of(chain: Chain) -> tuple[str, str] | None:
    """Return the noun and the country of a group's description; None if it is too loose."""
    if chain.kind != "group":
        return None
    words = [word.strip("\"'“”’.,").lower() for word in chain.name.split()]
    head = next((word for word in words[:-1] if word in ("of", "for")), None)
    noun = words[words.index(head) - 1] if head and words.index(head) else words[-1]
    places = sorted(iter_places(words))
    if noun in _LOOSE and not places:
        return None
    if words[0] in ("his", "her", "their", "its", "our", "my", "two", "both") or "'" in chain.name:
        return None
    return noun.removesuffix("s"), places[0] if places else ""


def _make_described(chains: Sequence[tuple[str, Chain]]) -> Described:
    counts = Counter(_strip_article(chain.name) for _, chain in chains)
    kinds = Counter(chain.kind for _, chain in chains)
    return Described(
        name=min(counts, key=lambda name: (-counts[name], len(name), name)),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        keys=tuple(sorted((article, chain.id) for article, chain in chains)),
    )


def _strip_article(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower() in ("the", "a", "an", "these", "those", "this"):
        words = words[1:]
    return " ".join(words)
