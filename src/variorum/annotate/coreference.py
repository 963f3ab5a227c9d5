"""Links the mentions of one article into chains, and its quotations to whom they are of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from variorum.annotate.analysis import Analysis
from variorum.annotate.antecedents import Participant, Recent, agrees, pick_described
from variorum.annotate.candidates import Candidate
from variorum.annotate.chains import make_chain, make_participant, role_of
from variorum.annotate.descriptions import (
    DOCUMENT_NOUNS,
    FIRST_PLURAL_PRONOUNS,
    FIRST_PRONOUNS,
    NEUTER_PRONOUNS,
)
from variorum.annotate.mentions import find_candidates
from variorum.annotate.names_local import gather_names
from variorum.annotate.pronouns import Pick, Setting, find_options, pick_antecedent
from variorum.annotate.sources import SourcePicker
from variorum.annotate.speakers import Neighbours, find_institution
from variorum.annotate.things import Things
from variorum.model.annotation import Chain, EntityKind, Mention, Quotation
from variorum.model.ids import make_id
from variorum.model.span import Span, find_trimmed

MAX_NAMED = 80
"""Participants named in the article among whom one told ahead of its name is sought."""
MAX_DOCUMENT_SENTENCES = 3
MAX_LOOK_AHEAD_CHARS = 1_200
"""How far after "She added" its speaker may be named."""
MAX_CANDIDATES = 3
SURE = 0.8
"""A link less likely teaches nothing: one "her" taken wrongly for a man makes a woman of him."""

RULE_CONFIDENCE: Mapping[EntityKind, float] = {
    "person": 0.8,
    "organisation": 0.6,
    "place": 0.6,
    "group": 0.4,
    "other": 0.7,
}
"""How many descriptions the rules link rightly, by kind, in GUM's dev part (12 to 46 of each)."""
RESTRICTIVE = re.compile(r"\s(?:that|which|who|whose)\b")

Linked = tuple[tuple[Mention, ...], tuple[Chain, ...], tuple[Quotation, ...]]


def link_mentions(
    analysis: Analysis, quotations: Sequence[Quotation], pick: Pick = pick_antecedent
) -> Linked:
    """Return mentions, chains and quotations, every mention and known speaker with its chain.

    Args:
        pick: Says which of its options a pronoun stands for; training puts the gold in its place.
    """
    return _Linker(analysis, quotations, pick).link()


class _Linker:
    """The state of one article's linking; used once."""

    def __init__(self, analysis: Analysis, quotations: Sequence[Quotation], pick: Pick) -> None:
        self._text = analysis.article.text
        self._article_id = analysis.article.id
        found = find_candidates(analysis)
        # Things come last, so that mentions stand side by side.
        mentions = [one for one in found if not one.is_thing]
        self._candidates = (*mentions, *(one for one in found if one.is_thing))
        self._starts = [one.span.start for one in mentions]
        self._pick = pick
        self._quotations = tuple(quotations)
        self._inside = self._find_inside()
        self._sources_of = SourcePicker(self._text, self._candidates, len(mentions))
        self._sources = self._find_sources()
        self._home: dict[int, Participant] = {}
        self._speakers: dict[int, Participant] = {}
        self._recent = Recent()
        self._things = Things()
        self._confidence: dict[int, float] = {}
        self._stood_for: set[int] = set()
        self._last_called: dict[str, Participant] = {}

    def link(self) -> Linked:
        named = self._place_names()
        self._named = sorted(named, key=lambda one: one.members[0])
        self._walk()
        self._place_speakers()
        self._place_first_persons()
        return self._make_records()

    # What stands where

    def _find_inside(self) -> dict[int, int]:
        """Return for candidates in quoted words the index of their (innermost) quotation."""
        inside: dict[int, int] = {}
        width: dict[int, int] = {}
        for number, quotation in enumerate(self._quotations):
            for piece in quotation.content:
                if not piece.is_quoted:
                    continue
                span = piece.span
                first = bisect_left(self._starts, span.start)
                last = bisect_left(self._starts, span.end)
                for at in range(first, last):
                    if at not in inside or len(span) < width[at]:
                        inside[at], width[at] = number, len(span)
        return inside

    def _find_sources(self) -> dict[int, int]:
        """Return for quotations the index of the candidate that their source means."""
        return {
            number: at
            for number, quotation in enumerate(self._quotations)
            if quotation.source is not None
            and (at := self._sources_of.pick(quotation.source)) is not None
        }

    # Names, then the rest in text order

    def _place_names(self) -> list[Participant]:
        participants = []
        for cluster in gather_names(self._text, self._candidates):
            participant = make_participant(cluster, self._candidates)
            participants.append(participant)
            for at in cluster.members:
                self._home[at] = participant
        by_span = {self._candidates[at].span: one for at, one in self._home.items()}
        for at, candidate in enumerate(self._candidates):
            if candidate.of_name is not None and candidate.of_name in by_span:
                self._home[at] = by_span[candidate.of_name]
                self._home[at].roles.add(role_of(candidate))
        return participants

    def _walk(self) -> None:
        by_source: dict[int, list[int]] = {}
        for number, at in self._sources.items():
            by_source.setdefault(at, []).append(number)
        unnamed: dict[tuple[str, tuple[str, ...]], Participant] = {}
        for at in self._in_text_order():
            candidate = self._candidates[at]
            participant = self._home.get(at)
            is_issued = at in by_source and candidate.head in DOCUMENT_NOUNS
            if participant is None and candidate.is_thing and not is_issued:
                participant = self._things.place(candidate)
            if participant is None:
                participant = self._resolve(at, candidate, at in by_source, unnamed)
            if participant is None:
                continue
            if at not in self._home:
                if participant.members and candidate.form == "description":
                    self._confidence[at] = RULE_CONFIDENCE[participant.kind]
                participant.members.append(at)
                self._home[at] = participant
            self._recent.add(participant, candidate, self._inside.get(at))
            if at in by_source:
                self._recent.note_speaker(participant, candidate)
                for number in by_source[at]:
                    self._speakers[number] = participant

    def _resolve(
        self,
        at: int,
        candidate: Candidate,
        is_source: bool,
        unnamed: dict[tuple[str, tuple[str, ...]], Participant],
    ) -> Participant | None:
        if candidate.form == "description":
            return self._resolve_description(candidate, is_source, unnamed)
        if candidate.head in FIRST_PRONOUNS or candidate.head in FIRST_PLURAL_PRONOUNS:
            return None
        inside = self._inside.get(at)
        speaker = None if inside is None else self._speaker_of(inside)
        setting = Setting(is_source, inside, speaker)
        options = find_options(candidate, self._recent, setting)
        found, self._confidence[at] = self._pick(candidate, options)
        if is_source and (found is None or found.gender != candidate.gender):
            named = self._look_ahead(at, candidate)
            if named is not None:
                found, self._confidence[at] = named, RULE_CONFIDENCE[named.kind]
        if is_source and candidate.head in NEUTER_PRONOUNS:
            body = self._find_speaking_body(candidate, found)
            if body is not None:
                found, self._confidence[at] = body, RULE_CONFIDENCE[body.kind]
        if found is not None:
            self._stood_for.add(id(found))
            if self._confidence[at] >= SURE:
                _learn(found, candidate)
        return found

    def _in_text_order(self) -> list[int]:
        return sorted(
            range(len(self._candidates)),
            key=lambda at: (self._candidates[at].span, self._candidates[at].form),
        )

    def _speaker_of(self, number: int) -> Participant | None:
        at = self._sources.get(number)
        return self._speakers.get(number) or (self._home.get(at) if at is not None else None)

    def _look_ahead(self, at: int, pronoun: Candidate) -> Participant | None:
        """Return the speaker named after "She added": in the same paragraph, quoted too."""
        if pronoun.gender is None:
            return None
        for later in sorted(self._sources.values()):
            if later <= at:
                continue
            candidate = self._candidates[later]
            distance = candidate.span.start - pronoun.span.end
            if distance > MAX_LOOK_AHEAD_CHARS or candidate.paragraph != pronoun.paragraph:
                return None
            participant = self._home.get(later)
            if participant is not None and candidate.form == "name":
                return participant if agrees(pronoun, participant) else None
        return None

    def _resolve_description(
        self,
        candidate: Candidate,
        is_source: bool,
        unnamed: dict[tuple[str, tuple[str, ...]], Participant],
    ) -> Participant:
        is_whose = any(word[0].isupper() for word in candidate.text.split()[1:])
        if (
            candidate.head in DOCUMENT_NOUNS
            and candidate.is_definite
            and is_source
            and not is_whose
        ):
            # "the statement said": the body that spoke last, or else whoever did; it was theirs.
            # Not "the RBC website".
            issuer = self._find_issuer(candidate)
            if issuer is not None:
                return issuer
        found = None
        if not self._is_restricted(candidate):
            found = pick_described(candidate, self._recent, self._named[:MAX_NAMED])
        if found is not None and is_source and self._is_others_body(found):
            # “... brokered by the Tessish government,” Lane said. "The government said" is ours.
            found = None
        if found is not None:
            found.called.add(role_of(candidate))
            return found
        key = (candidate.head, tuple(sorted(candidate.modifiers)))
        if candidate.is_definite and not candidate.modifiers:
            last = self._last_called.get(candidate.head)
            if last is not None and candidate.kind == "person":
                return last
        # "the man" in one place and "the man" in another need not be one.
        if key not in unnamed or (not candidate.is_definite and candidate.kind == "person"):
            unnamed[key] = Participant(
                kind=candidate.kind,
                name=candidate.text,
                is_plural=candidate.is_plural,
                gender=candidate.gender,
            )
            unnamed[key].roles.add(role_of(candidate))
        self._last_called[candidate.head] = unnamed[key]
        return unnamed[key]

    def _is_others_body(self, participant: Participant) -> bool:
        """Whether only quoted persons have told of a body so far."""
        track = self._recent.find_track(participant)
        return participant.kind == "organisation" and track is not None and not track.is_voiced

    def _find_speaking_body(
        self, pronoun: Candidate, found: Participant | None
    ) -> Participant | None:
        """Return the body that spoke last, for "It said"; the ranker may take a nearer thing.

        None if that is a few sentences ago, or if another body has been a subject since.
        """
        recent = self._recent
        body = recent.body
        if body is None or pronoun.sentence - recent.body_sentence > MAX_DOCUMENT_SENTENCES:
            return None
        track = None if found is None else recent.find_track(found)
        is_newer = (
            track is not None
            and track.participant.kind in ("organisation", "group")
            and track.candidate.role == "subject"
            and track.candidate.sentence > recent.body_sentence
        )
        return body if agrees(pronoun, body) and not is_newer else None

    def _find_issuer(self, candidate: Candidate) -> Participant | None:
        """Return the body, or a named person since, that spoke last a few sentences ago."""
        recent = self._recent
        sentence, issuer = max(
            (
                (sentence, one)
                for sentence, one in (
                    (recent.body_sentence, recent.body),
                    (recent.speaker_sentence, recent.speaker),
                )
                if one is not None and (one is recent.body or one.is_named)
            ),
            key=lambda pair: pair[0],
            default=(-1_000, recent.speaker),
        )
        return issuer if candidate.sentence - sentence <= MAX_DOCUMENT_SENTENCES else None

    def _is_restricted(self, candidate: Candidate) -> bool:
        """Whether a clause says which one is meant: "the company that owns the ferry"."""
        return RESTRICTIVE.match(self._text, candidate.span.end) is not None

    # Speakers and the first person

    def _place_speakers(self) -> None:
        bodies: dict[int, Participant] = {}
        for number, at in sorted(self._sources.items(), key=lambda pair: (pair[1], pair[0])):
            participant = self._home.get(at)
            if participant is None:
                continue
            body = find_institution(
                self._quotations[number],
                at,
                self._candidates,
                self._starts,
                self._home,
                self._named,
            )
            if body is not None:
                bodies[id(participant)] = body
            self._speakers[number] = body or bodies.get(id(participant)) or participant

    def _place_first_persons(self) -> None:
        for at, number in self._inside.items():
            candidate = self._candidates[at]
            if at in self._home or candidate.head not in FIRST_PRONOUNS | FIRST_PLURAL_PRONOUNS:
                continue
            speaker = self._speakers.get(number)
            # "We" of one person is more than that person.
            is_own = candidate.head in FIRST_PRONOUNS or (speaker and speaker.kind != "person")
            if speaker is not None and is_own:
                speaker.members.append(at)
                self._home[at] = speaker
                self._confidence[at] = self._quotations[number].confidence

    # Records

    def _make_records(self) -> Linked:
        ids: dict[int, str] = {}
        chains: list[Chain] = []
        order = [at for at in self._in_text_order() if self._is_told(at)]
        for at in order:
            participant = self._home[at]
            if id(participant) in ids:
                continue
            start = min(self._candidates[one].span.start for one in participant.members)
            chain_id = make_id("c", self._article_id, start, participant.name, len(chains))
            ids[id(participant)] = chain_id
            chains.append(make_chain(chain_id, participant))
        mentions = tuple(
            Mention(
                span=self._candidates[at].span,
                kind=self._home[at].kind,
                form=self._candidates[at].form,
                chain=ids[id(self._home[at])],
                confidence=self._confidence.get(at, 1.0),
            )
            for at in order
        )
        neighbours = Neighbours(self._quotations)
        quotations = tuple(
            self._attribute(number, quotation, ids, neighbours)
            for number, quotation in enumerate(self._quotations)
        )
        return mentions, tuple(chains), quotations

    def _is_told(self, at: int) -> bool:
        """Whether a candidate is a mention; a thing is one if a pronoun stands for it."""
        home = self._home.get(at)
        return home is not None and (not home.is_thing or id(home) in self._stood_for)

    def _attribute(
        self, number: int, quotation: Quotation, ids: dict[int, str], neighbours: Neighbours
    ) -> Quotation:
        speaker = self._speakers.get(number)
        if speaker is not None:
            name = speaker.name
            if not speaker.is_named and quotation.source is not None:
                at = self._sources[number]
                if self._candidates[at].form == "description":
                    name = find_trimmed(self._text, quotation.source).of(self._text)
            quotation = replace(quotation, chain=ids[id(speaker)], speaker_name=name)
        elif quotation.source is not None:
            words = find_trimmed(self._text, quotation.source).of(self._text)
            quotation = replace(quotation, speaker_name=words or None)
        if speaker is None:
            source = self._sources.get(number)
            pronoun = None if source is None else self._candidates[source]
            near = neighbours.iter_near(number, pronoun, self._speakers)
            found = dict.fromkeys(ids[id(one)] for one in near if id(one) in ids)
            candidates = tuple(islice(found, MAX_CANDIDATES))
            quotation = replace(quotation, candidates=candidates)
        return replace(
            quotation,
            via=tuple(replace(via, chain=self._chain_at(via.span, ids)) for via in quotation.via),
        )

    def _chain_at(self, span: Span, ids: dict[int, str]) -> str | None:
        at = self._sources_of.pick_participant(span)
        home = self._home.get(at) if at is not None else None
        return ids[id(home)] if home is not None else None


def _learn(participant: Participant, pronoun: Candidate) -> None:
    """Note what "he" or "she" tells of whom it stands for."""
    if pronoun.gender is None:
        return
    participant.gender = participant.gender or pronoun.gender
    if not participant.is_named:
        participant.kind = "person"
