"""Who reports, and what clause is reported, by the tree where it is right and by order where not.

The shipped parser is small: its subjects are better than its edges. So the tree is asked who
hangs on what, and edges are taken from punctuation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from variorum.annotate.cues import ADJUNCTS, CUE_FORMS, PARTICLES, SURE_FORMS, Cue
from variorum.languages.names import TITLE_MODIFIERS

SUBJECTS = frozenset({"nsubj", "csubj", "nsubjpass"})
MAX_CHILDREN = 40
"""Words that hang on one; more are no sentence, and all of them take too long."""

AGENTS = frozenset({"obl", "agent", "pobj", "nmod"})
AUXILIARIES = frozenset({"aux", "auxpass", "neg", "advmod"})
NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "POS", "DT", "JJ", "PRP$", "WP"})
BEFORE_NOUN = frozenset(
    {"NN", "NNS", "NNP", "NNPS", "CD", "POS", "DT", "JJ", "JJS", "JJR", "PRP$", "HYPH", "AFX"}
)
APPOSED_TAGS = frozenset({"DT", "CD", "WP", "WP$", "NN", "NNP", "JJ", "NNS", "PRP$"})
NOT_APPOSED = frozenset({"and", "but", "which", "adding", "according", "as", "while", "he", "she"})
INSIDE_NOUNS = frozenset({"of", "for", "and", "&", "-", "'s", "’s", "in", "to", "at", "from", "on"})
EMPTY_SUBJECTS = frozenset({"there", "it", "which", "that", "this", "what"})
MAX_SOURCE_TOKENS = 30
FORMS_OF_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
ADDRESSED = frozenset({"told", "tells", "tell"})
"""After these stands who hears it: "told the Post"."""

VERB_TAGS = ("VB", "MD")

Run = tuple[int, int]
"""Half-open range of token indices in one paragraph's doc."""


def find_cue(token: Token) -> Cue | None:
    """Return the cue that a token is; None if it is none, or stands as another part of speech."""
    cue = CUE_FORMS.get(token.lower_)
    if cue is None or not _has_particle(token, cue):
        return None
    if token.tag_.startswith("VB") or token.lower_ in SURE_FORMS:
        return None if _is_auxiliary_use(token) else cue
    return None


def _has_particle(token: Token, cue: Cue) -> bool:
    """Return whether a cue that reports only with a particle has it: "he went on"."""
    particle = PARTICLES.get(cue.lemma)
    follows = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == particle
    return particle is None or follows


def _is_auxiliary_use(token: Token) -> bool:
    """Return whether a participle only describes a noun ("the said report", "alleged killer").

    "Lane told Meridian" is read so at times; a capital before a sure form says otherwise.
    """
    if token.dep_ not in {"amod", "compound"} or token.head.i <= token.i:
        return False
    is_told = token.lower_ in SURE_FORMS and token.i > token.sent.start
    return not (is_told and token.doc[token.i - 1].text[:1].isupper())


def find_cue_run(token: Token) -> Run:
    """Return the cue with its auxiliaries: ``has also said``."""
    start = token.i
    while start > token.sent.start:
        before = token.doc[start - 1]
        if before.head.i != token.i or before.dep_ not in AUXILIARIES:
            break
        if (
            before.dep_ == "advmod" and before.lower_ in {"not", "also", "n't"}
        ) or before.dep_ != "advmod":
            start -= 1
        else:
            break
    return start, token.i + 1


def find_source(token: Token, quoted: frozenset[int] = frozenset()) -> Run | None:
    """Return the run of tokens that names who does what the verb ``token`` says.

    Args:
        quoted: Indices of tokens inside quotation marks; no source stands there.
    """
    if token.lower_ in ADDRESSED and _is_passive(token):
        # "Residents were told to leave": they heard it.
        return _find_agent(token)
    before = _find_before(token, quoted)
    if before is not None and _stands_alone(token.doc, before):
        return before
    interrupted = _find_interrupted(token, quoted)
    if interrupted is not None:
        return interrupted
    subject = _find_subject(token, depth=3)
    after = None if token.lower_ in ADDRESSED else _find_after(token, quoted)
    if after is not None:
        after = after[0], _find_apposition_end(token, after[1], quoted)
    if subject is not None and subject.i not in quoted:
        if after is not None and after[0] <= subject.i < after[1]:
            # "said Pentagon press secretary Ann Lane": the tree breaks long titles up.
            return after
        run = make_phrase(subject, stop=token.i)
        if not any(n in quoted for n in range(*run)):
            return run
    return before or after


def _is_passive(token: Token) -> bool:
    at = token.i - 1
    while at > token.sent.start and token.doc[at].tag_ == "RB":
        at -= 1
    return at >= token.sent.start and token.doc[at].lower_ in FORMS_OF_BE


def _find_agent(token: Token) -> Run | None:
    """Return who says it to whom: "police" of "were told by police"."""
    for child in token.children:
        by = any(part.lower_ == "by" for part in child.children)
        if child.dep_ in AGENTS and by and child.i > token.i:
            start, end = make_phrase(child)
            return start + (token.doc[start].lower_ == "by"), end
    return None


def _find_interrupted(token: Token, quoted: frozenset[int]) -> Run | None:
    """Return a source that something parts from its verb.

    ``Jon Varga, who swam, said``; ``“...,” Ann Lane, the captain's sister, wrote``.
    """
    doc, sent = token.doc, token.sent
    if token.i - 1 <= sent.start or doc[token.i - 1].text != ",":
        return None
    for comma in range(token.i - 2, sent.start, -1):
        if comma in quoted:
            return None
        if doc[comma].text != "," or not _is_aside(doc, comma + 1, token.i - 1):
            continue
        start = comma
        while start > sent.start and start - 1 not in quoted and _is_noun_part(doc[start - 1]):
            start -= 1
        name = _trim(doc, start, comma)
        return None if name is None else (name[0], token.i - 1)
    return None


def _is_aside(doc: Doc, start: int, end: int) -> bool:
    """Return whether a clause or a phrase between commas describes what stands before it."""
    begins = doc[start].tag_
    if begins in {"WP", "WP$", "WDT"}:
        return True
    has_verb = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in doc[start:end])
    return begins in {"DT", "PRP$", "NNP", "NN", "JJ", "CD"} and not has_verb


def _find_apposition_end(token: Token, end: int, quoted: frozenset[int]) -> int:
    """Return where a source ends that describes itself: ``said Ann Lane, who led the search``."""
    doc, limit = token.doc, token.sent.end
    if end + 1 >= limit or doc[end].text != ",":
        return end
    begins = doc[end + 1]
    if begins.tag_ not in APPOSED_TAGS or begins.lower_ in NOT_APPOSED:
        return end
    at = end + 1
    while at < limit and at - end < MAX_SOURCE_TOKENS and at not in quoted:
        ends_here = (
            doc[at].text == ","
            and at + 1 < limit
            and (doc[at + 1].lower_ in NOT_APPOSED or doc[at + 1].tag_ in {"VBG", "IN", "CC"})
        )
        if doc[at].text in {".", ";", ":", "“", '"', "–", "—"} or ends_here:
            break
        at += 1
    while at > end and (doc[at - 1].is_punct or doc[at - 1].is_space):
        at -= 1
    return at


def _stands_alone(doc: Doc, run: Run) -> bool:
    """Return whether a comma, a mark or the sentence's start stands right before a phrase.

    Then the words right before the verb are its subject, whatever the tree says.
    """
    before = doc[run[0] - 1] if run[0] else None
    starts = before is None or doc[run[0]].is_sent_start or before.is_punct or before.is_quote
    return bool(starts) and doc[run[1] - 1].tag_[:2] in {"NN", "PR"}


def _find_subject(token: Token, depth: int) -> Token | None:
    children = list(islice(token.children, MAX_CHILDREN))
    subject = _pick_subject(token, children)
    if subject is not None:
        return None if subject.lower_ in EMPTY_SUBJECTS else subject
    for child in children:
        is_agent = child.dep_ in AGENTS and child.i > token.i
        if is_agent and any(part.lower_ == "by" for part in islice(child.children, MAX_CHILDREN)):
            return child
    shares = token.dep_ in {"conj", "advcl", "xcomp", "acl", "parataxis"}
    if shares and depth and token.head.i != token.i and token.head.i < token.i:
        if token.dep_ == "acl" and token.head.tag_.startswith("NN") and token.tag_ == "VBG":
            return token.head
        if token.head.tag_.startswith(VERB_TAGS):
            return _find_subject(token.head, depth - 1)
    return None


def _pick_subject(token: Token, children: Sequence[Token]) -> Token | None:
    """Return the subject nearest before a verb, else the first after it.

    "During a press conference" is none, whatever the tree says: no subject has a preposition.
    """
    subjects = [child for child in children if child.dep_.split(":")[0] in SUBJECTS]
    bare = [one for one in subjects if not any(part.dep_ == "case" for part in one.lefts)]
    before = [one for one in bare if one.i < token.i]
    return next(iter([*before[-1:], *bare]), None)


def make_phrase(head: Token, *, stop: int | None = None) -> Run:
    """Return the noun phrase around ``head``: what describes it before, what hangs on it after.

    Args:
        stop: Index of a token that the phrase does not reach.
    """
    doc, start = head.doc, head.i
    while start > head.sent.start and head.i - start < MAX_SOURCE_TOKENS:
        before = doc[start - 1]
        if start - 1 == stop or not (before.tag_ in BEFORE_NOUN or before.text in {"-", "’"}):
            break
        start -= 1
    end = min(head.right_edge.i + 1, head.i + MAX_SOURCE_TOKENS, head.sent.end)
    if stop is not None and head.i < stop:
        end = min(end, stop)
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, max(end, head.i + 1)


def _find_before(token: Token, quoted: frozenset[int]) -> Run | None:
    """Return the noun phrase that ends right before a verb: ``Mr Lane said``."""
    doc, sent = token.doc, token.sent
    end, first = token.i, max(sent.start, token.i - MAX_SOURCE_TOKENS)
    while end > first and doc[end - 1].tag_ in {"RB", "MD", "VBZ", "VBD", "VBP"}:
        end -= 1
    start = end
    while start > first and start - 1 not in quoted and _is_noun_part(doc[start - 1]):
        start -= 1
    return _trim(doc, start, end)


def _find_after(token: Token, quoted: frozenset[int]) -> Run | None:
    """Return the noun phrase that begins right after a verb: ``said Mr Lane``."""
    doc, sent = token.doc, token.sent
    start = end = token.i + 1
    if start < sent.end and doc[start].lower_ in INSIDE_NOUNS:
        # "wrote on Facebook": where, not who.
        return None
    while end < sent.end and end not in quoted and end - start < MAX_SOURCE_TOKENS:
        if not _is_noun_part(doc[end]):
            break
        end += 1
    return _trim(doc, start, end)


def _is_noun_part(token: Token) -> bool:
    # "press secretary Ann Lane": the tagger takes some words of titles for verbs.
    is_title = token.lower_ in TITLE_MODIFIERS
    return token.tag_ in NOUN_TAGS or is_title or token.lower_ in INSIDE_NOUNS


def _trim(doc: Doc, start: int, end: int) -> Run | None:
    """Return the run without prepositions at its ends; None if no noun is left in it."""
    while start < end and (doc[start].lower_ in INSIDE_NOUNS or doc[start].is_space):
        start += 1
    while end - 1 > start and (doc[end - 1].lower_ in INSIDE_NOUNS or doc[end - 1].is_space):
        end -= 1
    is_noun = any(
        doc[n].tag_[:2] in {"NN", "PR"} or (doc[n].is_title and not doc[n].is_sent_start)
        for n in range(start, end)
    )
    return (start, end) if is_noun else None


def find_clause(token: Token, cue: Cue, source: Run | None) -> Run | None:
    """Return the reported clause that follows a cue in its sentence; None if there is none."""
    start = _find_clause_start(token, cue)
    if start is None:
        return None
    if source is not None and source[0] >= token.i:
        start = max(start, source[1])
    end = min(_iter_stops(token, start), default=token.sent.end)
    doc = token.doc
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        # A closing bracket or mark belongs to the clause that it closes.
        if doc[end - 1].text in {")", "%", "”", '"', "’"}:
            break
        end -= 1
    while start < end and doc[start].text in {",", ":", "-", "–", "—"}:
        start += 1
    return (start, end) if end - start >= 2 else None


def _find_clause_start(token: Token, cue: Cue) -> int | None:
    doc, limit = token.doc, token.sent.end
    window = range(token.i + 1, min(limit, token.i + 16))
    for n in window:
        if doc[n].lower_ == "that" and doc[n].tag_ in {"IN", "WDT"} and "clause" in cue.takes:
            return n
        if doc[n].text in {";", "“", '"'}:
            break
    for child in token.children:
        if child.i <= token.i:
            continue
        if child.dep_ == "ccomp" and cue.takes & {"clause", "question"}:
            start = int(max(child.left_edge.i, token.i + 1))
            if any(other.text == ";" for other in doc[token.i : start + 1]):
                return None
            is_adjunct = doc[start].lower_ in ADJUNCTS and not _has_subject(child)
            return None if is_adjunct else start
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and "infinitive" in cue.takes:
            to = next((part for part in child.lefts if part.lower_ == "to"), None)
            if to is not None:
                return int(to.i)
    return None


def _has_subject(token: Token) -> bool:
    return any(child.dep_.split(":")[0] in SUBJECTS for child in token.children)


def _iter_stops(token: Token, start: int) -> Iterator[int]:
    """Yield the places after ``start`` where another verb of the same reporter begins."""
    for child in token.children:
        if child.i <= start or child.dep_ not in {"conj", "advcl", "parataxis"}:
            continue
        begins = child.left_edge.i
        is_cue = child.lower_ in CUE_FORMS and child.tag_.startswith("VB")
        if is_cue and begins > start + 1:
            before = token.doc[begins - 1]
            yield begins - 1 if before.lower_ in {"and", "but", ","} else begins
    # "..., adding that": whatever the tree hangs it on.
    for other in token.doc[start + 2 : token.sent.end]:
        if other.tag_ == "VBG" and other.lower_ in CUE_FORMS and other.nbor(-1).text == ",":
            yield other.i - 1
