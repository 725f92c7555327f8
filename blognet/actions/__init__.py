"""One use case per module, each in three beats: load, decide with pure functions, store."""
