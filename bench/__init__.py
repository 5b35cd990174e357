"""Benchmarks: each row is a ratio against a named peer, measured several times in the same run."""
