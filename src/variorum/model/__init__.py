"""Records and protocols: the words every other part of Variorum speaks."""
