"""The edition as JSON: the contract that programs and scoring scripts rely on.

Arrays are in text order or by id; scores are rounded to four places; every key is present, null
where nothing is known. ``edition.schema.json`` beside this module says it exactly.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from variorum.model.annotation import (
    Annotations,
    Credit,
    DateRef,
    Figure,
    Label,
    Mention,
    Quotation,
    Via,
)
from variorum.model.article import Article, Segment
from variorum.model.edition import Edition
from variorum.model.entity import Entity
from variorum.model.span import Span
from variorum.model.story import (
    Absence,
    Account,
    Copy,
    Difference,
    FigureGroup,
    Reading,
    Statement,
)

FORMAT = 1
"""Number of the contract; it changes when a key changes its meaning."""

PLACES = 4

Json = dict[str, Any]


def make_edition_json(edition: Edition) -> Json:
    """Return the edition as plain dicts, lists, strings and numbers, exactly as in the contract."""
    entity_of = {(link.article_id, link.chain): link.entity for link in edition.links}
    return {
        "variorum": FORMAT,
        "made_by": dict(sorted(edition.made_by.items())),
        "articles": [
            _article(article, annotations, entity_of)
            for article, annotations in zip(edition.articles, edition.annotations, strict=True)
        ],
        "entities": [_entity(entity) for entity in edition.entities],
        "stories": [_account(account) for account in edition.accounts],
        "storylines": [
            {"id": line.id, "title": line.title, "stories": list(line.stories)}
            for line in edition.storylines
        ],
        "figure_groups": [_figure_group(group) for group in edition.figure_groups],
        "failures": [
            {"input": failure.input, "stage": failure.stage, "reason": failure.reason}
            for failure in edition.failures
        ],
        "judgements": [
            {
                "verdict": judgement.verdict,
                "left": judgement.left.name,
                "left_article": judgement.left.article,
                "right": judgement.right.name,
                "right_article": judgement.right.article,
            }
            for judgement in edition.judgements
        ],
    }


def encode_json(edition_json: Json) -> bytes:
    """Return the edition's JSON as UTF-8 bytes, indented by one space, newline at the end."""
    return msgspec.json.format(msgspec.json.encode(edition_json), indent=1) + b"\n"


@cache
def load_schema() -> Json:
    """Return the JSON Schema (2020-12) of an edition."""
    file = resources.files("variorum.present") / "edition.schema.json"
    schema: Json = msgspec.json.decode(file.read_bytes())
    return schema


EntityOf = dict[tuple[str, str], str]


def _article(article: Article, annotations: Annotations, entity_of: EntityOf) -> Json:
    def entity(chain: str | None) -> str | None:
        return None if chain is None else entity_of.get((article.id, chain))

    return {
        "id": article.id,
        "input_id": article.input_id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "author": article.author,
        "published": article.published,
        "published_precision": article.published_precision,
        "language": article.language,
        "translated": round(article.translated, PLACES),
        "version": article.version,
        "text": article.text,
        "segments": [_segment(segment) for segment in article.segments],
        "mentions": [_mention(m, entity(m.chain)) for m in annotations.mentions],
        "quotations": [_quotation(q, entity) for q in annotations.quotations],
        "figures": [_figure(figure) for figure in annotations.figures],
        "dates": [_date(date_ref) for date_ref in annotations.dates],
        "labels": [_label(label, entity(label.chain)) for label in annotations.labels],
        "credits": [_credit(credit) for credit in annotations.credits],
    }


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [_span(span) for span in spans]


def _span_or_null(span: Span | None) -> Json | None:
    return None if span is None else _span(span)


def _segment(segment: Segment) -> Json:
    return _span(segment.span) | {"kind": segment.kind, "reason": segment.reason}


def _mention(mention: Mention, entity: str | None) -> Json:
    return _span(mention.span) | {
        "kind": mention.kind,
        "form": mention.form,
        "chain": mention.chain,
        "entity": entity,
        "confidence": round(mention.confidence, 4),
    }


def _quotation(quotation: Quotation, entity: Any) -> Json:
    return {
        "id": quotation.id,
        "kind": quotation.kind,
        "stance": quotation.stance,
        "content": [_span(run.span) | {"quoted": run.is_quoted} for run in quotation.content],
        "cue": _span_or_null(quotation.cue),
        "source": _span_or_null(quotation.source),
        "chain": quotation.chain,
        "speaker": entity(quotation.chain),
        "speaker_name": quotation.speaker_name,
        "candidates": [
            {"chain": chain, "speaker": entity(chain)} for chain in quotation.candidates
        ],
        "via": [_via(via, entity(via.chain)) for via in quotation.via],
        "medium": quotation.medium,
        "hearer": _span_or_null(quotation.hearer),
        "place": _span_or_null(quotation.place),
        "time": _span_or_null(quotation.time),
        "confidence": round(quotation.confidence, PLACES),
    }


def _via(via: Via, entity: str | None) -> Json:
    return _span(via.span) | {"name": via.name, "entity": entity}


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        **_span(figure.span),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "modifier": figure.modifier,
        "unit": figure.unit,
        "what": figure.what,
        "as_of": figure.as_of,
        "attributed_to": figure.attributed_to,
    }


def _number(value: float | None) -> float | int | None:
    """Return an integer where the value is whole, as the contract wants it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _date(date_ref: DateRef) -> Json:
    return _span(date_ref.span) | {"type": date_ref.type, "value": date_ref.value}


def _label(label: Label, entity: str | None) -> Json:
    return _span(label.span) | {
        "text": label.text,
        "entity": entity,
        "scare_quotes": label.is_scare_quoted,
        "voice": label.quotation or "own",
    }


def _credit(credit: Credit) -> Json:
    return _span(credit.span) | {"outlet": credit.outlet, "kind": credit.kind}


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "variants": [
            {"text": v.text, "count": v.count, "articles": list(v.articles)}
            for v in entity.variants
        ],
        "renamed": [
            {"from": r.old, "to": r.new, "article": r.article, **_span(r.span)}
            for r in entity.renamed
        ],
    }


def _account(account: Account) -> Json:
    story = account.story
    return {
        "id": story.id,
        "aliases": list(story.aliases),
        "title": story.title,
        "started": story.started,
        "ended": story.ended,
        "storylines": list(story.storylines),
        "articles": list(story.articles),
        "statements": [_statement(statement) for statement in account.statements],
        "copies": [_copy(copy) for copy in account.copies],
        "not_found": [_absence(absence) for absence in account.not_found],
        "timeline": [
            {"date": entry.date, "article": entry.article, **_span(entry.span)}
            for entry in account.timeline
        ],
        "brief": [
            {
                "text": sentence.text,
                "article": sentence.article,
                **_span(sentence.span),
                "origins": sentence.n_origins,
            }
            for sentence in account.brief
        ],
    }


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "gist": statement.gist,
        "readings": [_reading(reading) for reading in statement.readings],
        "differences": [_difference(difference) for difference in statement.differences],
        "not_found": list(statement.not_found),
        "origins": [
            {
                "outlet": origin.outlet,
                "articles": list(origin.articles),
                "evidence": "; ".join(origin.evidence),
            }
            for origin in statement.origins
        ],
    }


def _reading(reading: Reading) -> Json:
    return {
        "article": reading.article,
        "quotation": reading.quotation,
        "spans": _spans(reading.spans),
        "origin": reading.origin,
    }


def _difference(difference: Difference) -> Json:
    return {
        "left": difference.left,
        "right": difference.right,
        "kind": difference.kind,
        "left_spans": _spans(difference.left_spans),
        "right_spans": _spans(difference.right_spans),
        "weight": round(difference.weight, PLACES),
        # One sentence for whoever reads nothing else; programs find the caveat on its own, too.
        "says": " ".join(filter(None, (difference.says, difference.caveat))),
        "caveat": difference.caveat,
    }


def _copy(copy: Copy) -> Json:
    return {
        "earlier": copy.earlier,
        "later": copy.later,
        "directed": copy.directed,
        "share": round(copy.share, PLACES),
        "passages": [
            {"earlier": _span(passage.earlier), "later": _span(passage.later)}
            for passage in copy.passages
        ],
        "confidence": round(copy.confidence, PLACES),
        "evidence": "; ".join(copy.evidence),
    }


def _absence(absence: Absence) -> Json:
    return {
        "outlet": absence.outlet,
        "article": absence.article,
        "kind": absence.kind,
        absence.kind: absence.target,
        "since": absence.since,
        "says": absence.says,
    }


def _figure_group(group: FigureGroup) -> Json:
    return {
        "id": group.id,
        "what": group.what,
        "stories": list(group.stories),
        "members": list(group.members),
        "relation": group.relation,
        "says": group.says,
    }
