"""`python -m extract` is the command `extract`."""

from extract.cli import main

raise SystemExit(main())
