"""The metrics and protocols of glose, one family a module."""
