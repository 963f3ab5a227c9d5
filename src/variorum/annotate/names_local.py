"""Brings the names of one article together: surnames, acronyms, other spellings, renamings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler, Levenshtein

from variorum.annotate.candidates import Candidate
from variorum.annotate.clusters import Cluster, join_pairs
from variorum.annotate.persons import LEAST_SURNAME_LIKENESS, gather_persons
from variorum.languages.folding import fold_skeleton, fold_word
from variorum.languages.names import (
    ACRONYMS,
    COMPASS,
    DEMONYMS,
    Gender,
    Name,
    expand_place,
    gender_of_given,
    is_half,
    is_modifier,
    make_acronym,
    parse_organisation,
)
from variorum.languages.renamings import find_renamings
from variorum.model.annotation import EntityKind

LEAST_MISSPELT_LIKENESS = 0.8
"""Levenshtein of skeletons for a name that stands once, beside one that stands often."""

_STATED_ACRONYM = re.compile(r"^\s?[(\[]\s?[\"“]?$")


def gather_names(text: str, candidates: Sequence[Candidate]) -> list[Cluster]:
    """Return clusters of the indices of names; each name is in one, in the order of the text."""
    named = [at for at, one in enumerate(candidates) if one.form == "name"]
    persons = [at for at in named if candidates[at].kind == "person"]
    clusters = gather_persons(candidates, persons)
    others = [at for at in named if candidates[at].kind != "person"]
    clusters += _gather_others(text, candidates, others)
    clusters = _join_bare_words(candidates, clusters)
    clusters = _join_renamed(text, candidates, clusters)
    clusters = _join_misspelt(clusters)
    return sorted(clusters, key=lambda cluster: min(cluster.members))


def _join_bare_words(candidates: Sequence[Candidate], clusters: list[Cluster]) -> list[Cluster]:
    """Join a word taken for a person with the body it is short for: "Nusra", of "Nusra Front"."""
    bodies: dict[frozenset[str], Cluster] = {}
    for cluster in clusters:
        if cluster.kind in ("organisation", "group"):
            bodies.update((frozenset(name.core), cluster) for name in cluster.parsed)
    pairs: list[tuple[Cluster, Cluster]] = []
    for cluster in clusters:
        is_bare = cluster.kind == "person" and not any(" " in name for name in cluster.names)
        if is_bare and not any(candidates[at].roles for at in cluster.members):
            cores = {frozenset(parse_organisation(name).core) for name in cluster.names}
            pairs += ((bodies[core], cluster) for core in cores if core in bodies)
    return join_pairs(clusters, pairs)


def _gather_others(
    text: str, candidates: Sequence[Candidate], others: Sequence[int]
) -> list[Cluster]:
    by_key: dict[str, Cluster] = {}
    for at in others:
        candidate = candidates[at]
        key = _key_of(candidate)
        cluster = by_key.get(key)
        if cluster is None:
            cluster = by_key[key] = Cluster(kind=candidate.kind)
            cluster.keys.add(key)
        cluster.add(at, candidate, parse_organisation(candidate.text))
    clusters = list(by_key.values())
    clusters = _join_acronyms(text, candidates, clusters)
    clusters = _join_short_forms(clusters)
    return _join_halves(clusters)


def _join_halves(clusters: list[Cluster]) -> list[Cluster]:
    """Join "the North" with the one country of the article that it can be: North Korea."""
    countries: dict[str, set[int]] = {}
    for at, cluster in enumerate(clusters):
        for name in cluster.names:
            half, _, rest = name.lower().removeprefix("the ").partition(" ")
            if rest and half in COMPASS and expand_place(name) is not None:
                countries.setdefault(half, set()).add(at)
    pairs = []
    for cluster in clusters:
        halves = {name.lower().removeprefix("the ") for name in cluster.names}
        found = set().union(*(countries.get(half, set()) for half in halves))
        if all(map(is_half, cluster.names)) and len(found) == 1:
            pairs.append((clusters[found.pop()], cluster))
    return join_pairs(clusters, pairs)


def _key_of(candidate: Candidate) -> str:
    """Return what names of one organisation or place in an article share."""
    text = candidate.text
    place = expand_place(text)
    if place:
        return f"place {place}"
    low = text.lower().removeprefix("the ")
    if low in DEMONYMS:
        return f"people {DEMONYMS[low]}"
    acronym = text.replace(".", "").lower()
    if text.replace(".", "").isupper() and acronym in ACRONYMS:
        text = ACRONYMS[acronym]
    words = parse_organisation(text).words
    return " ".join(words) or text


def _join_acronyms(
    text: str, candidates: Sequence[Candidate], clusters: list[Cluster]
) -> list[Cluster]:
    """Join "SDF" with the name it abbreviates: stated in brackets, or by its initials."""
    by_member = {at: cluster for cluster in clusters for at in cluster.members}
    order = sorted(by_member)
    pairs: list[tuple[Cluster, Cluster]] = []
    for left, right in pairwise(order):
        between = text[candidates[left].span.end : candidates[right].span.start]
        short = candidates[right].text.replace(".", "")
        is_stated = _STATED_ACRONYM.match(between) is not None and short.isupper()
        if is_stated and _is_acronym_of(short, candidates[left].text):
            pairs.append((by_member[left], by_member[right]))
    initials: dict[str, Cluster] = {}
    for cluster in clusters:
        for name in cluster.names:
            if " " in name:
                initials.setdefault(make_acronym(name), cluster)
    for cluster in clusters:
        for name in cluster.names:
            short = name.replace(".", "")
            if len(short) >= 3 and short.isupper() and short in initials:
                pairs.append((initials[short], cluster))
    return join_pairs(clusters, pairs)


def _is_acronym_of(short: str, text: str) -> bool:
    initials = make_acronym(text)
    return bool(initials) and (
        short == initials or (short[0] == initials[0] and len(short) <= len(initials) + 2)
    )


def _join_short_forms(clusters: list[Cluster]) -> list[Cluster]:
    """Join names with the same telling words, then short forms with the one name they shorten."""
    by_core: dict[frozenset[str], Cluster] = {}
    pairs: list[tuple[Cluster, Cluster]] = []
    bodies = [one for one in clusters if one.kind in ("organisation", "group", "other")]
    for cluster in bodies:
        for name in cluster.parsed:
            core = frozenset(name.core)
            if core in by_core:
                pairs.append((by_core[core], cluster))
            else:
                by_core[core] = cluster
    by_word: dict[str, list[frozenset[str]]] = {}
    for core in by_core:
        for word in core:
            by_word.setdefault(word, []).append(core)
    for cluster in bodies:
        for name in cluster.parsed:
            longer = _find_longer(name, by_word)
            if longer is not None:
                pairs.append((by_core[longer], cluster))
    return join_pairs(clusters, pairs)


def _find_longer(name: Name, by_word: dict[str, list[frozenset[str]]]) -> frozenset[str] | None:
    """Return the telling words of the only longer name that ``name`` can be short for."""
    core = frozenset(name.core)
    # "UN" is not short for "UN Security Council", nor "Harbour City" for its university.
    if not core or is_modifier(name.text):
        return None
    rarest = min((by_word[word] for word in sorted(core)), key=len)
    longer = [other for other in rarest[:20] if core < other]
    return longer[0] if len(longer) == 1 else None


def _join_renamed(
    text: str, candidates: Sequence[Candidate], clusters: list[Cluster]
) -> list[Cluster]:
    by_span = {candidates[at].span: cluster for cluster in clusters for at in cluster.members}
    names = sorted(by_span)
    pairs = [
        (by_span[renaming.old], by_span[renaming.new])
        for renaming in find_renamings(text, names)
        if _may_be_renamed(by_span[renaming.old].kind, by_span[renaming.new].kind)
    ]
    return join_pairs(clusters, pairs)


def _may_be_renamed(old: EntityKind, new: EntityKind) -> bool:
    """Whether one can bear both names; "the fighters who hold Harlau, once known as the Jund"."""
    if "person" in (old, new):
        return old == new
    return old == new or "place" not in (old, new) or "other" in (old, new)


def _join_misspelt(clusters: list[Cluster]) -> list[Cluster]:
    """Join single words that stand once with the frequent name that they nearly spell.

    Machine translation spells a surname anew ("Brannov", "Branowe") within one article.
    """
    pairs: list[tuple[Cluster, Cluster]] = []
    frequent = [
        one for one in clusters if one.kind == "person" and len(one.members) > 1 and one.parsed
    ][:200]
    for cluster in clusters:
        # The recogniser guesses the kind of a name it never saw: any kind may be a surname.
        text = next(iter(cluster.names))
        if len(cluster.members) > 1 or expand_place(text) is not None:
            continue
        if " " in text or "-" in text or text.isupper():
            continue
        homes = [one for one in frequent if one is not cluster and is_misspelling(text, one)]
        if len(homes) == 1:
            pairs.append((homes[0], cluster))
    return join_pairs(clusters, pairs)


def is_misspelling(text: str, cluster: Cluster) -> bool:
    """Whether a word nearly spells a surname of the cluster."""
    surnames = {name.surname for name in cluster.parsed if len(name.surname) >= 5}
    folded = fold_word(text)
    if len(folded) < 5:
        return False
    return any(_is_near_surname(folded, surname) for surname in surnames)


def _is_near_surname(left: str, right: str) -> bool:
    if left[0] != right[0]:
        return False
    if JaroWinkler.similarity(left, right) < LEAST_SURNAME_LIKENESS:
        return False
    first, second = fold_skeleton(left), fold_skeleton(right)
    alike = Levenshtein.normalized_similarity(first, second)
    return alike >= LEAST_MISSPELT_LIKENESS or (len(first) >= 3 and _drops_one(first, second))


def _drops_one(left: str, right: str) -> bool:
    return Levenshtein.distance(left, right) == 1


def gender_of_cluster(cluster: Cluster) -> Gender | None:
    """Return the gender its titles or given names tell."""
    if cluster.gender:
        return cluster.gender
    given = (name.given[0] for name in cluster.parsed if name.given)
    return next((told for one in given if (told := gender_of_given(one))), None)
