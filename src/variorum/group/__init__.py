"""Articles about one event, and events that belong together."""

from variorum.group.stories import Grouping, group_articles

__all__ = ["Grouping", "group_articles"]
