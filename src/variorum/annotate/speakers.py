"""For whom an unnamed speaker speaks, and who may speak where nobody is named."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from variorum.annotate.antecedents import Participant, agrees
from variorum.annotate.candidates import Candidate
from variorum.annotate.chains import role_of
from variorum.annotate.descriptions import DOCUMENT_NOUNS
from variorum.languages.roles import Role, parse_role
from variorum.languages.tables import load_table
from variorum.model.annotation import Quotation
from variorum.model.span import make_cover

MAX_NEAR_CHARS = 1_500
"""Of who may have said a thing, where it can't be told: about a dozen sentences away."""

_SPOKESPERSONS = frozenset(load_table("roles")["spokesperson"])


def find_institution(
    quotation: Quotation,
    source: int,
    candidates: Sequence[Candidate],
    starts: Sequence[int],
    home: Mapping[int, Participant],
    named: Sequence[Participant],
) -> Participant | None:
    """Return the body for which an unnamed spokesperson or a document speaks.

    Args:
        source: Index of the candidate that the quotation's source means.
        starts: Where the candidates begin that are no things.
        home: Whose mention each candidate is.
        named: The participants named in the article.
    """
    candidate = candidates[source]
    if candidate.form != "description" or home[source].is_named:
        return None
    if candidate.head not in _SPOKESPERSONS | DOCUMENT_NOUNS or quotation.source is None:
        return None
    if candidate.head in _SPOKESPERSONS and (one := _find_named(candidate, named)):
        return one
    span = make_cover((quotation.source, candidate.span))
    first, last = bisect_left(starts, span.start), bisect_right(starts, span.end)
    for at in range(first, last):
        body = candidates[at]
        is_body = at != source and body.kind in ("organisation", "group")
        if is_body and body.form != "pronoun" and span.contains(body.span):
            return home.get(at)
    return None


def _find_named(candidate: Candidate, named: Sequence[Participant]) -> Participant | None:
    """Return the only spokesperson named in the article whom the description fits."""
    role = parse_role(role_of(candidate))
    fitting = [
        one
        for one in named
        if one.kind == "person" and any(_is_spokesman_of(role, told) for told in one.parsed_roles())
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_spokesman_of(description: Role, told: Role) -> bool:
    if told.head != description.head:
        return False
    if description.places and told.places and not description.places & told.places:
        return False
    if not description.fields <= told.fields:
        return False
    return not description.rest or bool(description.rest & told.rest)


class Neighbours:
    """The quotations of an article by where they stand."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self._quotations = quotations
        self._places = sorted((q.content[0].span.start, n) for n, q in enumerate(quotations))

    def iter_near(
        self, number: int, source: Candidate | None, speakers: Mapping[int, Participant]
    ) -> Iterator[Participant]:
        """Yield who may have said what nobody is named for: who speaks near, the nearest first.

        For "she" those only whom it can mean; nobody for a source that is none of the article's
        participants.

        Args:
            source: The candidate that the quotation's source means; None if none does.
            speakers: Who says each quotation, as far as it is known.
        """
        quotation = self._quotations[number]
        if quotation.source is not None and (source is None or source.form != "pronoun"):
            return
        place = quotation.content[0].span.start
        first = bisect_left(self._places, (place - MAX_NEAR_CHARS, -1))
        near = []
        for start, other in self._places[first:]:
            if start > place + MAX_NEAR_CHARS:
                break
            if other in speakers and not _tells(quotation, self._quotations[other]):
                near.append((abs(start - place), other))
        for _, other in sorted(near):
            if source is None or agrees(source, speakers[other]):
                yield speakers[other]


def _tells(left: Quotation, right: Quotation) -> bool:
    """Return whether one of two quotations is told in the words of the other."""
    pairs = ((left.cue, right.content), (right.cue, left.content))
    return any(cue and any(run.span.contains(cue) for run in content) for cue, content in pairs)
