"""docs/architecture.md lists every module; `make golden` writes its table from the modules' own first sentences."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "extract"
PAGE = ROOT / "docs" / "architecture.md"
_TABLE = re.compile(r"(\| module \| does \|\n\|---\|---\|\n)((?:\|[^\n]*\n)*)")


def layers() -> list[str]:
    """Top-level modules, the highest layer first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (c for c in settings["tool"]["importlinter"]["contracts"] if c.get("exhaustive"))
    return [name.strip("() ") for layer in contract["layers"] for name in layer.split("|")]


def modules() -> list[str]:
    """Names as the table writes them, by layer; a package stands before its modules."""
    found = [path.relative_to(SOURCES).as_posix().removesuffix(".py") for path in SOURCES.rglob("*.py")]
    named = {name.removesuffix("__init__") for name in found if name not in ("__init__", "__main__")}
    order = layers()
    return sorted(named, key=lambda name: (order.index(name.split("/")[0]), name))


def purpose(name: str) -> str:
    """The first sentence of a module's docstring, on one line."""
    path = SOURCES / (f"{name}__init__.py" if name.endswith("/") else f"{name}.py")
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = " ".join(docstring.partition("\n\n")[0].split())
    return re.split(r"(?<=[a-z`)])\. ", first)[0].rstrip(".").replace("|", "\\|")


def test_every_module_is_in_the_table(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("regen_all"):
        rows = "".join(f"| `{name}` | {purpose(name)} |\n" for name in modules())
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(_TABLE.sub(lambda match: match[1] + rows, text), encoding="utf-8")
    table = _TABLE.search(PAGE.read_text(encoding="utf-8"))
    assert table is not None
    assert re.findall(r"^\| `([^`]+)`", table[2], re.MULTILINE) == modules()


@pytest.mark.parametrize("name", modules())
def test_every_module_says_in_one_sentence_what_it_is_for(name: str) -> None:
    assert 10 < len(purpose(name)) < 200
