"""``python -m keiretsu``: the same as the command ``keiretsu``."""

from keiretsu.cli import main

if __name__ == "__main__":
    main()
