"""All annotators of one article, in the order in which they need each other."""

from __future__ import annotations

from variorum.annotate.circumstances import add_circumstances
from variorum.annotate.coreference import link_mentions
from variorum.annotate.credits import add_hearers, find_credits
from variorum.annotate.dates import find_dates
from variorum.annotate.figures import find_figures
from variorum.annotate.labels import find_labels
from variorum.annotate.language import Language
from variorum.annotate.quotations import find_quotations
from variorum.model.annotation import Annotations
from variorum.model.article import Article


def annotate_article(article: Article, language: Language) -> Annotations:
    """Return all that is found in one article, whatever else is read beside it."""
    analysis = language.analyse(article)
    credits_ = find_credits(analysis)
    found = add_hearers(analysis, find_quotations(analysis), credits_)
    mentions, chains, quotations = link_mentions(analysis, found)
    dates = find_dates(analysis)
    quotations = add_circumstances(analysis, quotations, mentions, dates)
    return Annotations(
        article_id=article.id,
        sentences=tuple(sentence for _, sentence in analysis.iter_sentences()),
        mentions=mentions,
        chains=chains,
        quotations=quotations,
        figures=find_figures(analysis, quotations, dates),
        dates=dates,
        labels=find_labels(analysis, quotations, mentions),
        credits=credits_,
    )
