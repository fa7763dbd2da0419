"""Reads rule files and turns them into matchers; holds not one rule itself."""
