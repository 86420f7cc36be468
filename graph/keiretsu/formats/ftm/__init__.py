"""FollowTheMoney: read and written."""
