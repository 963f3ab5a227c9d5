"""Tables and models of each language: words are data, one folder a language."""
