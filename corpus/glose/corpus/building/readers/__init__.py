"""The kinds of documents that a build reads, one module each."""
