"""Versions of a corpus: a form that git can show and merge, and the merge itself."""
