"""What may have stopped a value, one module a kind of value."""
