"""Makes entities of chains over all articles, and links each chain to its entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from variorum.languages.names import (
    GROUP_HEADS,
    ORGANISATION_HEADS,
    gender_of_given,
    is_acronym,
    is_half,
    is_place_word,
    is_same_given,
    strip_polite,
)
from variorum.languages.renamings import find_renamings
from variorum.languages.roles import Role
from variorum.model.annotation import Annotations, EntityKind, Mention
from variorum.model.article import Article
from variorum.model.entity import ChainLink, Entity, Renaming, Variant
from variorum.model.ids import make_id
from variorum.model.judgement import Judgement
from variorum.model.story import Story
from variorum.resolve.block import iter_pairs
from variorum.resolve.cluster import Edge, Joined, join
from variorum.resolve.compare import LEAST_SCORE, compare, is_bland
from variorum.resolve.described import (
    DESCRIBED_SCORE,
    Described,
    find_described,
    iter_role_links,
)
from variorum.resolve.judge import Judged
from variorum.resolve.participants import Participant, make_participants

MAX_VARIANT_CHARS = 120
OTHER_SHARE = 0.7
"""Of the mentions must be of unknown kind for the entity to be so: the ferry *Orla Maid*."""

BEARER_DOMINANCE = 3
"""How many times more articles must name the bearer of a surname than the next one."""


def resolve_chains(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    stories: Sequence[Story],
    judgements: Sequence[Judgement] = (),
) -> tuple[tuple[Entity, ...], tuple[ChainLink, ...]]:
    """Return the entities, by id, and one link for each chain that is one, by article."""
    participants = make_participants(articles, annotations, stories)
    judged = Judged(participants, judgements)
    joined = join(participants, iter_edges(participants), judged)
    return _make_records(articles, annotations, participants, joined, stories)


def iter_edges(participants: Sequence[Participant]) -> Iterator[Edge]:
    """Yield the pairs that are held to be one by their scores, each once."""
    full = _find_full_names(participants)
    bodies = _find_body_names(participants)
    for left, right in iter_pairs(participants):
        one, other = participants[left], participants[right]
        score = compare(one, other)
        if score.value < LEAST_SCORE:
            continue
        if _is_ambiguous(one, other, full) or _is_ambiguous_body(one, other, bodies):
            continue
        yield Edge(-score.value, left, right, score.reasons)


def _find_full_names(
    participants: Sequence[Participant],
) -> Mapping[tuple[str, str], Counter[str]]:
    """Return for (story, surname) in how many articles which given names bear it there."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for participant in participants:
        for name in participant.names:
            if participant.kind == "person" and name.given:
                for story in participant.stories:
                    found[story, name.surname][name.given[0]] += 1
    return found


def _find_body_names(
    participants: Sequence[Participant],
) -> Mapping[tuple[str, str], set[frozenset[str]]]:
    """Return for (story, word) the telling words of the longer names that have it there."""
    found: dict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for participant in participants:
        if participant.kind == "person":
            continue
        for name in participant.names:
            core = frozenset(name.core)
            for word in core:
                for story in participant.stories:
                    found[story, word].add(core)
    return found


def _is_ambiguous_body(
    left: Participant,
    right: Participant,
    bodies: Mapping[tuple[str, str], set[frozenset[str]]],
) -> bool:
    """Whether a short name could be short for several bodies of the story."""
    if "person" in (left.kind, right.kind):
        return False
    cores = [{frozenset(name.core) for name in one.names} for one in (left, right)]
    if cores[0] & cores[1]:
        return False
    for short in (left, right):
        for name in short.names:
            core = frozenset(name.core)
            word = min(core, default="")
            longer: set[frozenset[str]] = set()
            for story in short.stories:
                longer |= {one for one in bodies.get((story, word), set()) if core < one}
            least = [one for one in longer if not any(other < one for other in longer)]
            if len(least) > 1:
                return True
    return False


def _is_ambiguous(
    left: Participant, right: Participant, full: Mapping[tuple[str, str], Counter[str]]
) -> bool:
    """Whether a bare surname could as well be another person of the story."""
    for short, other in ((left, right), (right, left)):
        if any(name.given for name in short.names) or "person" not in (short.kind, other.kind):
            continue
        if _share_role(short, other):
            continue
        own = {name.given[0] for name in other.names if name.given}
        for story in short.stories:
            for name in short.names:
                bearers = full.get((story, name.surname or " ".join(name.words)), Counter())
                if _is_other_likelier(short, own, bearers):
                    return True
    return False


def _is_other_likelier(short: Participant, own: set[str], bearers: Counter[str]) -> bool:
    """Whether the story's chief bearer of the surname is not the one compared, or there is none."""
    fitting: Counter[str] = Counter()
    for given, n_articles in sorted(bearers.items()):
        told = gender_of_given(given)
        if short.gender and told and short.gender != told:
            continue
        known = next((one for one in fitting if is_same_given(one, given)), given)
        fitting[known] += n_articles
    best = sorted(fitting.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    if len(best) < 2:
        return False
    if best[0][1] < BEARER_DOMINANCE * best[1][1]:
        return True
    return bool(own) and not any(is_same_given(one, best[0][0]) for one in own)


def _share_role(left: Participant, right: Participant) -> bool:
    heads = {role.head for role in left.roles}
    return any(role.head in heads for role in right.roles)


def _make_records(
    articles: Sequence[Article],
    annotations: Sequence[Annotations],
    participants: Sequence[Participant],
    joined: Joined,
    stories: Sequence[Story],
) -> tuple[tuple[Entity, ...], tuple[ChainLink, ...]]:
    texts = {article.id: article.text for article in articles}
    mentions = _gather_mentions(annotations)
    links: list[ChainLink] = []
    groups: dict[str, list[Participant]] = {}
    for members in joined.sets:
        group = [participants[at] for at in members]
        entity_id = make_id("e", _pick_kind(group), *min(one.key for one in group))
        groups[entity_id] = group
        for at, participant in zip(members, group, strict=True):
            links.append(_make_link(participant, entity_id, joined.edges.get(at)))
    links += _link_roles(annotations, stories, groups)
    entity_of = {(link.article_id, link.chain): link.entity for link in links}
    renamed = _find_renamed(annotations, texts, entity_of)
    keys: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, entity_id in sorted(entity_of.items()):
        keys[entity_id].append(key)
    entities = [
        _make_entity(entity_id, group, keys[entity_id], texts, mentions, renamed.get(entity_id, ()))
        for entity_id, group in groups.items()
    ]
    for described in find_described(annotations, stories):
        if any(key in entity_of for key in described.keys):
            continue
        entity_id = make_id("e", described.kind, *described.keys[0])
        entities.append(_make_described_entity(entity_id, described, texts, mentions))
        links += _link_described(entity_id, described)
    return (
        tuple(sorted(entities, key=lambda entity: entity.id)),
        tuple(sorted(links, key=lambda link: (link.article_id, link.chain))),
    )


def _gather_mentions(
    annotations: Sequence[Annotations],
) -> Mapping[tuple[str, str], list[Mention]]:
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for one in annotations:
        for mention in one.mentions:
            if mention.form != "pronoun":
                found[one.article_id, mention.chain].append(mention)
    return found


def _link_roles(
    annotations: Sequence[Annotations],
    stories: Sequence[Story],
    groups: Mapping[str, Sequence[Participant]],
) -> Iterator[ChainLink]:
    """Yield links of those whom an article calls only by an office: "the president"."""
    roles_of: dict[str, Counter[Role]] = {}
    entities_in: dict[str, set[str]] = defaultdict(set)
    for entity_id, group in groups.items():
        if all(participant.kind != "person" for participant in group):
            continue
        roles_of[entity_id] = Counter(
            role for participant in group for role in set(participant.roles)
        )
        for participant in group:
            for story in participant.stories:
                entities_in[story].add(entity_id)
    found = iter_role_links(annotations, stories, roles_of, entities_in)
    for (article_id, chain), entity_id, reason in found:
        yield ChainLink(
            article_id=article_id,
            chain=chain,
            entity=entity_id,
            score=DESCRIBED_SCORE,
            reasons=(reason,),
        )


def _link_described(entity_id: str, described: Described) -> Iterator[ChainLink]:
    for place, (article_id, chain) in enumerate(described.keys):
        yield ChainLink(
            article_id=article_id,
            chain=chain,
            entity=entity_id,
            score=DESCRIBED_SCORE if place else 1.0,
            reasons=("described alike in the same story",) if place else (),
        )


def _make_described_entity(
    entity_id: str,
    described: Described,
    texts: Mapping[str, str],
    mentions: Mapping[tuple[str, str], list[Mention]],
) -> Entity:
    variants, _ = _count_variants(described.keys, texts, mentions)
    return Entity(id=entity_id, name=described.name, kind=described.kind, variants=variants)


def _make_entity(
    entity_id: str,
    group: Sequence[Participant],
    keys: Sequence[tuple[str, str]],
    texts: Mapping[str, str],
    mentions: Mapping[tuple[str, str], list[Mention]],
    renamed: tuple[Renaming, ...],
) -> Entity:
    variants, names = _count_variants(keys, texts, mentions)
    if not names:
        names[group[0].chain.name] += 1
    kind = _pick_kind(group)
    n_articles = {variant.text: len(variant.articles) for variant in variants}
    return Entity(
        id=entity_id,
        name=pick_name(names, n_articles, kind),
        kind=kind,
        variants=variants,
        renamed=renamed,
    )


def _count_variants(
    keys: Sequence[tuple[str, str]],
    texts: Mapping[str, str],
    mentions: Mapping[tuple[str, str], list[Mention]],
) -> tuple[tuple[Variant, ...], Counter[str]]:
    """Return the spellings and descriptions, most frequent first, and the counts of names."""
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    where: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        for mention in mentions.get(key, ()):
            text = " ".join(mention.span.of(texts[key[0]]).split())[:MAX_VARIANT_CHARS]
            counts[text] += 1
            where[text].add(key[0])
            if mention.form == "name":
                names[text] += 1
    variants = tuple(
        Variant(
            text=text,
            count=counts[text],
            articles=tuple(sorted(where[text])),
            is_name=text in names,
        )
        for text in sorted(counts, key=lambda text: (-counts[text], text))
    )
    return variants, names


def _pick_kind(group: Sequence[Participant]) -> EntityKind:
    """Return the kind that most mentions have; "other", a mere lack of one, needs most of all."""
    votes: Counter[EntityKind] = Counter()
    for participant in group:
        votes[participant.kind] += participant.n_mentions
    if votes["other"] < OTHER_SHARE * votes.total():
        del votes["other"]
    return min(votes, key=lambda kind: (-votes[kind], kind))


def pick_name(counts: Counter[str], n_articles: Mapping[str, int], kind: EntityKind) -> str:
    """Return the full form that most articles use, then the one used most; honorifics off."""
    ranked: Counter[str] = Counter()
    for text, count in counts.items():
        ranked[strip_polite(text)] += 1_000 * n_articles.get(text, 1) + count

    def rank(text: str) -> tuple[bool, bool, int, int, str]:
        is_full = len(text.split()) > 1 if kind == "person" else _is_full_body(text, ranked, kind)
        is_loud = text.isupper() and len(text) > 6
        length = -len(text) if kind == "person" else len(text)
        return (is_loud or not text[:1].isupper(), not is_full, -ranked[text], length, text)

    return min(ranked, key=rank)


def _is_full_body(text: str, others: Collection[str], kind: EntityKind) -> bool:
    """Whether a name of no person stands for itself: not "SDF", "Foreign Ministry", "League"."""
    if text.isupper() or is_half(text) or is_bland(text):
        return False
    if is_place_word(text) and kind != "place":
        return False
    rest = (other for other in others if other.casefold() != text.casefold())
    if " " not in text and kind != "place" and any(map(is_acronym, rest)):
        # "Harbour" beside "FHF" is cut short, or another thing.
        return False
    # "Syrian Democratic" is cut short where "Syrian Democratic Forces" stands beside it.
    return not any(f"{text} {head.title()}" in others for head in ORGANISATION_HEADS | GROUP_HEADS)


def _make_link(participant: Participant, entity: str, edge: Edge | None) -> ChainLink:
    return ChainLink(
        article_id=participant.key[0],
        chain=participant.key[1],
        entity=entity,
        score=1.0 if edge is None else round(-edge.cost, 4),
        reasons=() if edge is None else edge.reasons,
    )


def _find_renamed(
    annotations: Sequence[Annotations],
    texts: Mapping[str, str],
    entity_of: Mapping[tuple[str, str], str],
) -> Mapping[str, tuple[Renaming, ...]]:
    found: dict[str, list[Renaming]] = defaultdict(list)
    for one in sorted(annotations, key=lambda each: each.article_id):
        text = texts.get(one.article_id, "")
        by_span = {m.span: m for m in one.mentions if m.form == "name"}
        for stated in find_renamings(text, sorted(by_span)):
            entity = entity_of.get((one.article_id, by_span[stated.new].chain))
            if entity is None or by_span[stated.new].chain != by_span[stated.old].chain:
                continue
            found[entity].append(
                Renaming(
                    old=" ".join(stated.old.of(text).split()),
                    new=" ".join(stated.new.of(text).split()),
                    article=one.article_id,
                    span=stated.span,
                )
            )
    return {entity: tuple(renamings) for entity, renamings in found.items()}
