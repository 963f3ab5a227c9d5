"""Variorum: an edition of the news, every outlet's account side by side."""

__version__ = "0.1.0"
