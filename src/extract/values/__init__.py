"""Words to values: pure functions without rules, files or state."""
