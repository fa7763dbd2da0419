"""Tools for those who edit rules: check, list, new, coverage, impact, watch."""
