"""The command ``keiretsu``, also as ``python -m keiretsu``."""

import sys

_INTERRUPTED = 130
"""As shells report a program that Ctrl-C has ended; `keiretsu.cli.exits` is not loaded yet."""


def main() -> None:
    """Run the command line; an interrupt while it is being loaded has no traceback either."""
    try:
        from keiretsu.cli import main as run  # noqa: PLC0415 - what takes time is loaded in here

        run()
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
