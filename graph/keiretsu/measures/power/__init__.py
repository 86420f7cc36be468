"""Power: who turns a losing coalition of a meeting into a winning one, how often."""
