"""One story's accounts against each other: differences, origins, absences, timeline, brief."""

from variorum.compare.stories import compare_story

__all__ = ["compare_story"]
