"""From triggers to meetings: arguments, status, merging."""
