"""The command line: one module per command, which parses, calls the facade, and prints."""

from keiretsu.cli.app import app, main

__all__ = ["app", "main"]
