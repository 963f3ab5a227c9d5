"""Pages to articles: the text, what is known of it, and what part each line plays."""

from variorum.clean.articles import clean_page

__all__ = ["clean_page"]
