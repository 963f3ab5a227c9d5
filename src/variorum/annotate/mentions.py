"""Finds the words that stand for persons, organisations, places and groups.

The entity recogniser of a small model misses a third of the names (scores.json); capitals, titles,
given names, heads ("Ministry", "Front") and what the rest of the article calls a name find most of
the others.
A *group* is people under one name: a militia, a movement, a people ("Russians", "Alawites").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from variorum.annotate.analysis import Analysis
from variorum.annotate.appositions import (
    find_bare_apposition,
    is_apposed,
    is_institution,
    is_prefixed,
)
from variorum.annotate.candidates import Candidate
from variorum.annotate.descriptions import (
    DEFINITE,
    FEMALE_PRONOUNS,
    FIRST_PLURAL_PRONOUNS,
    FIRST_PRONOUNS,
    MALE_PRONOUNS,
    NEUTER_PRONOUNS,
    POSSESSIVES,
    Description,
    find_descriptions,
    gender_of_head,
    iter_pronouns,
)
from variorum.annotate.grammar import find_clue, find_pronoun_role, find_role, pick_head
from variorum.annotate.phrases import find_joined, find_phrases
from variorum.annotate.runs import Run, find_runs
from variorum.annotate.words import Word, find_words, is_title_case
from variorum.languages.folding import fold_word
from variorum.languages.names import (
    DEMONYMS,
    GIVEN_NAMES,
    HONORIFICS,
    NO_NAMES,
    PLACE_KEYS,
    PLACES,
    Gender,
    gender_of_given,
    gender_of_titles,
    is_acronym,
    parse_person,
)
from variorum.model.annotation import EntityKind
from variorum.model.span import Span


class _Line(NamedTuple):
    """A paragraph with its words, names and descriptions."""

    words: tuple[Word, ...]
    runs: tuple[Run, ...]
    descriptions: tuple[Description, ...]


def find_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return the mentions and all other noun phrases of an article in text order."""
    text = analysis.article.text
    lines = [_read_line(*loud) for loud in _find_lines(analysis)]
    names = [
        [(run, _make_name(text, line.words, run, number)) for run in line.runs]
        for number, line in enumerate(lines)
    ]
    kinds = _vote_kinds(names, _find_countries(lines))
    found: list[Candidate] = []
    for number, line in enumerate(lines):
        settled = [
            (run, replace(name, kind=kinds.get(_key_of(name), name.kind)))
            for run, name in names[number]
        ]
        found += _find_line_mentions(text, line, settled, number)
    return tuple(sorted(found, key=lambda candidate: (candidate.span, candidate.form)))


def _find_lines(
    analysis: Analysis,
) -> Iterator[tuple[tuple[Word, ...], bool, frozenset[str]]]:
    """Yield the words of each line, whether its capitals tell nothing, and the words known."""
    lines: list[tuple[tuple[Word, ...], bool]] = []
    n_sentences = 0
    for paragraph in analysis.paragraphs:
        words = find_words(paragraph, n_sentences)
        lines.append((words, is_title_case(paragraph.text, words)))
        n_sentences += max(1, len(paragraph.sentences))
    known = _find_known_words(lines)
    peoples = frozenset(_iter_derived(known))
    for words, is_loud in lines:
        told = (replace(w, is_people=True) if w.low in peoples else w for w in words)
        yield tuple(told) if peoples else words, is_loud, known


def _iter_derived(known: frozenset[str]) -> Iterator[str]:
    """Yield the words that are an adjective of another: "Veldorian" where "Veldoria" stands."""
    for word in known:
        bare = word.removesuffix("s")
        if find_base(bare, known) is not None:
            yield word


def find_base(word: str, known: Container[str]) -> str | None:
    """Return the country that a people or adjective is derived from, if it is among ``known``."""
    if fold_word(word) in GIVEN_NAMES:
        return None
    for ending, base_ending in _DERIVATIONS:
        base = word.removesuffix(ending) + base_ending
        if word.endswith(ending) and base in known and len(base) >= MIN_BASE_CHARS:
            return base if fold_word(base) not in GIVEN_NAMES else None
    return None


_DERIVATIONS = (("an", "a"), ("ian", "y"))
"""Endings of adjectives and of the countries they are of, where no table of countries helps."""

MIN_BASE_CHARS = 5


def _read_line(words: tuple[Word, ...], is_loud: bool, known: frozenset[str]) -> _Line:
    runs = _find_loud_runs(words, known) if is_loud else find_runs(words, known)
    taken = [False] * len(words)
    for run in runs:
        taken[run.first : run.end] = [True] * (run.end - run.first)
    descriptions = find_descriptions(words, taken)
    told = [_with_kind(words, run, descriptions) for run in runs]
    return _Line(words, _share_kinds(words, told), descriptions)


def _share_kinds(words: Sequence[Word], runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs; of two that "and" joins the one of unknown kind is of the other's."""
    shared = list(runs)
    for at, (left, right) in enumerate(pairwise(runs)):
        is_joined = right.first == left.end + 1 and words[left.end].low == "and"
        if not is_joined or left.title_first < left.first or right.title_first < right.first:
            continue
        if left.kind is None and right.kind in _SHARED_KINDS:
            shared[at] = replace(left, kind=right.kind)
        elif right.kind is None and shared[at].kind in _SHARED_KINDS:
            shared[at + 1] = replace(right, kind=shared[at].kind)
    return tuple(shared)


_SHARED_KINDS = ("group", "place")


def _with_kind(words: Sequence[Word], run: Run, descriptions: Sequence[Description]) -> Run:
    """Return the run with the kind that an apposition tells: "X, a teacher", "the daily X"."""
    if run.kind is not None and run.kind != "group":
        return run
    for description in descriptions:
        if run.kind is None and is_apposed(words, run, description):
            return replace(run, kind="person")
        if is_prefixed(words, run, description):
            return replace(run, kind=description.kind)
    if run.kind is None and find_bare_apposition(words, run):
        return replace(run, kind="person")
    return run


def _find_known_words(lines: Sequence[tuple[tuple[Word, ...], bool]]) -> frozenset[str]:
    """Return the words that are capital where nothing but a name makes them so."""
    capital: Counter[str] = Counter()
    small: set[str] = set()
    for words, is_loud in lines:
        for word in words:
            if not word.is_capital:
                small.add(word.low)
            elif not is_loud and not word.is_first and word.low not in NO_NAMES:
                capital[word.low] += 1
    return frozenset(word for word in capital if word not in small)


def _find_loud_runs(words: Sequence[Word], known: frozenset[str]) -> tuple[Run, ...]:
    """Return the names of a headline in title case: only what the rest of the text knows."""
    quiet = tuple(
        word
        if word.low in known or word.low in PLACES or word.low.rstrip(".") in HONORIFICS
        else replace(word, is_capital=False)
        for word in words
    )
    return find_runs(quiet, known)


def _make_name(text: str, words: Sequence[Word], run: Run, paragraph: int) -> Candidate:
    own = words[run.first : run.end]
    span = Span(own[0].span.start, own[-1].span.end)
    role = " ".join(word.low for word in words[run.title_first : run.title_end])
    kind = run.kind or _kind_from_model(own) or _kind_from_shape(own)
    return Candidate(
        span=span,
        kind=kind,
        form="name",
        text=span.of(text),
        roles=(role,) if role else (),
        gender=_gender_of_name(span.of(text), role) if kind == "person" else None,
        is_plural=own[-1].tag in ("NNS", "NNPS"),
        is_possessor=own[-1].is_possessor,
        sentence=own[0].sentence,
        paragraph=paragraph,
        role=find_role(words, run.title_first, run.end, pick_head(own)),
        governor=pick_head(own).governor,
    )


def _kind_from_model(words: Sequence[Word]) -> EntityKind | None:
    votes = Counter(word.entity for word in words if word.entity is not None)
    return _most_common(votes) if votes else None


def _kind_from_shape(words: Sequence[Word]) -> EntityKind:
    return "organisation" if len(words) == 1 and is_acronym(words[0].text) else "other"


def _gender_of_name(text: str, role: str) -> Gender | None:
    name = parse_person(text)
    told = gender_of_titles((*name.titles, role))
    return told or (gender_of_given(name.given[0]) if name.given else None)


def _key_of(name: Candidate) -> str:
    return " ".join(fold_word(word) for word in name.text.split())


def _find_countries(lines: Sequence[_Line]) -> frozenset[str]:
    """Return the names that adjectives of the article are derived from."""
    lows = {word.low for line in lines for word in line.words if word.is_capital}
    peoples = {word.low for line in lines for word in line.words if word.is_people}
    found = (find_base(word.removesuffix("s"), lows) for word in peoples)
    return frozenset(fold_word(base) for base in found if base is not None)


def _vote_kinds(
    names: Sequence[Sequence[tuple[Run, Candidate]]], countries: frozenset[str]
) -> dict[str, EntityKind]:
    """Return the kind of each spelling: surnames first, then what words say, then the model."""
    firm: dict[str, Counter[EntityKind]] = {}
    model: dict[str, Counter[EntityKind]] = {}
    surnames: set[str] = set()
    for line in names:
        for run, name in line:
            table = firm if run.kind else model
            table.setdefault(_key_of(name), Counter())[name.kind] += 1
            if name.kind == "person" and (run.kind or " " in name.text):
                surnames.add(parse_person(name.text).surname)
    kinds: dict[str, EntityKind] = {}
    for key in firm.keys() | model.keys():
        is_surname = " " not in key and fold_word(key) in surnames
        if key in countries and key not in firm:
            kinds[key] = "place"
        elif is_surname and key not in PLACE_KEYS:
            # "Russia and Assad": the place beside it does not make Bashar Assad one.
            kinds[key] = "person"
        elif key in firm:
            kinds[key] = _most_common(firm[key])
        elif is_surname:
            kinds[key] = "person"
        else:
            votes = model[key].copy()
            if len(votes) > 1:
                del votes["other"]
            kinds[key] = _most_common(votes)
    return kinds


def _most_common(votes: Counter[EntityKind]) -> EntityKind:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _find_line_mentions(
    text: str, line: _Line, names: Sequence[tuple[Run, Candidate]], number: int
) -> Iterator[Candidate]:
    words, descriptions = line.words, line.descriptions
    taken = {at for run, _ in names for at in range(run.first, run.end)}
    covered = [
        Span(words[item.first].span.start, words[item.end - 1].span.end)
        for item in descriptions
        if is_institution(words, item)
    ]
    for run, name in names:
        if any(span.contains(name.span) for span in covered) and name.text.lower() in DEMONYMS:
            continue
        roles, title = _find_apposition(text, words, run, name, descriptions, number)
        yield replace(
            name,
            roles=name.roles + roles,
            gender=name.gender or (gender_of_titles(roles) if name.kind == "person" else None),
        )
        yield from title
        yield from _make_title(text, words, run, name, number)
    claimed = {
        id(description)
        for run, name in names
        for description in descriptions
        if name.kind == "person" and is_apposed(words, run, description)
    }
    for description in descriptions:
        if id(description) not in claimed and not _is_inside_title(names, description):
            made = _make_description(text, words, description, number)
            yield replace(made, of_name=_find_prefixed(words, names, description))
    for at in iter_pronouns(words):
        if at not in taken:
            yield _make_pronoun(words, at, number)
    yield from _find_things(text, words, line, number)


def _find_things(text: str, words: Sequence[Word], line: _Line, number: int) -> Iterator[Candidate]:
    """Yield the noun phrases that are neither names nor descriptions, and what "and" joins."""
    pieces = [(run.title_first, run.end) for run in line.runs]
    pieces += [(one.first, one.end) for one in line.descriptions]
    taken = [False] * len(words)
    for first, end in pieces:
        taken[first:end] = [True] * (end - first)
    phrases = find_phrases(words, taken)
    pieces += [(one.first, one.end) for one in phrases]
    for phrase in (*phrases, *find_joined(words, pieces)):
        own = words[phrase.first : phrase.end]
        head = words[phrase.at]
        span = Span(own[0].span.start, own[-1].span.end)
        yield Candidate(
            span=span,
            kind="other",
            form="description",
            text=span.of(text),
            head="and" if phrase.is_joined else head.low,
            modifiers=tuple(word.low for word in own[:-1]),
            is_definite=own[0].low in DEFINITE | POSSESSIVES,
            is_plural=phrase.is_plural,
            is_possessor=head.is_possessor,
            is_thing=True,
            sentence=head.sentence,
            paragraph=number,
            role=find_role(words, phrase.first, phrase.end, head),
            governor=head.governor,
        )


def _find_prefixed(
    words: Sequence[Word], names: Sequence[tuple[Run, Candidate]], description: Description
) -> Span | None:
    """Return the name that a description stands right before: "the daily X", "the town of X"."""
    for run, name in names:
        if name.kind != "person" and is_prefixed(words, run, description):
            return name.span
        is_complement = description.at < run.first and run.end == description.end
        if description.kind == "place" == name.kind and is_complement:
            return name.span
    return None


def _make_title(
    text: str, words: Sequence[Word], run: Run, name: Candidate, number: int
) -> Iterator[Candidate]:
    """Yield the title before a name as a description of its own."""
    if run.title_end <= run.title_first:
        return
    own = words[run.title_first : run.title_end]
    span = Span(own[0].span.start, own[-1].span.end)
    yield Candidate(
        span=span,
        kind="person",
        form="description",
        text=span.of(text),
        head=own[-1].low,
        modifiers=tuple(word.low for word in own[:-1]),
        of_name=name.span,
        sentence=own[0].sentence,
        paragraph=number,
    )


def _find_apposition(
    text: str,
    words: Sequence[Word],
    run: Run,
    name: Candidate,
    descriptions: Sequence[Description],
    number: int,
) -> tuple[tuple[str, ...], tuple[Candidate, ...]]:
    """Return roles and mention of "..., deputy director of the agency" after or before a name."""
    if name.kind != "person":
        return (), ()
    for description in descriptions:
        if is_apposed(words, run, description):
            made = _make_description(text, words, description, number)
            role = " ".join((*description.modifiers[:6], description.head))
            return (role,), (replace(made, of_name=name.span),)
    return find_bare_apposition(words, run), ()


def _is_inside_title(names: Sequence[tuple[Run, Candidate]], description: Description) -> bool:
    return any(run.title_first <= description.at < run.end for run, _ in names)


def _make_description(
    text: str, words: Sequence[Word], description: Description, number: int
) -> Candidate:
    own = words[description.first : description.end]
    span = Span(own[0].span.start, own[-1].span.end)
    is_name = is_institution(words, description)
    if is_name:
        start = own[1].span.start if own[0].low in DEFINITE else span.start
        span = Span(start, words[description.at].span.end)
    return Candidate(
        span=span,
        kind=description.kind,
        form="name" if is_name else "description",
        text=span.of(text),
        head=description.head,
        modifiers=description.modifiers,
        gender=description.gender or gender_of_head(description.head),
        is_definite=description.is_definite,
        is_plural=description.is_plural,
        is_possessor=own[-1].is_possessor,
        sentence=own[0].sentence,
        paragraph=number,
        role=find_role(words, description.first, description.end, words[description.at]),
        governor=words[description.at].governor,
    )


def _make_pronoun(words: Sequence[Word], at: int, number: int) -> Candidate:
    word = words[at]
    gender: Gender | None = None
    kind: EntityKind = "other"
    if word.low in MALE_PRONOUNS or word.low in FEMALE_PRONOUNS:
        kind, gender = "person", "male" if word.low in MALE_PRONOUNS else "female"
    elif word.low in FIRST_PRONOUNS:
        kind = "person"
    elif word.low not in NEUTER_PRONOUNS:
        kind = "group"
    return Candidate(
        span=word.span,
        kind=kind,
        form="pronoun",
        text=word.text,
        head=word.low,
        gender=gender,
        is_plural=kind == "group" or word.low in FIRST_PLURAL_PRONOUNS,
        sentence=word.sentence,
        paragraph=number,
        role=find_pronoun_role(words, at),
        governor=word.governor,
        clue=find_clue(words, at),
    )
