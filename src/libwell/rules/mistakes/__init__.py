"""What keeps a file from being used: found whenever one is read, every mistake in one pass."""
