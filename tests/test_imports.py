"""Who may import whom: the table of the design, held against every import, those inside functions included."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "outbox": set(),
    "advocacy": {"outbox"},
    "nominations": {"advocacy", "outbox"},
    "awards": {"nominations", "advocacy", "outbox"},
    "references": {"advocacy", "outbox"},
    "portal": {"references", "awards", "nominations", "advocacy", "outbox"},
}
OURS = {*MAY_IMPORT, "config"}


def modules():
    return [(package, path) for package in MAY_IMPORT for path in sorted((PROJECT / package).rglob("*.py"))]


def imported_packages(source):
    """The top packages a module names in an import, wherever the import stands."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.append(node.module)
        elif isinstance(node, ast.Call) and _is_import_by_name(node):
            names.append(node.args[0].value)
    return {name.partition(".")[0] for name in names}


def _is_import_by_name(call):
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    first = call.args[0] if call.args else None
    return name in {"import_module", "import_string", "__import__"} and isinstance(getattr(first, "value", None), str)


def forbidden(package, source):
    return sorted(imported_packages(source) & OURS - MAY_IMPORT[package] - {package})


def test_each_module_imports_only_what_lies_below_it():
    found = {str(path.relative_to(PROJECT)): forbidden(package, path.read_text()) for package, path in modules()}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("package", "planted", "found"),
    [
        ("outbox", "from advocacy.models import User", ["advocacy"]),
        ("advocacy", "import nominations.models", ["nominations"]),
        ("nominations", "def later():\n    from awards import services", ["awards"]),
        ("references", "if True:\n    import portal", ["portal"]),
        ("awards", "import_module('references.models')", ["references"]),
        ("portal", "from config import settings", ["config"]),
        ("portal", "from outbox import services", []),
        ("awards", "from awards.models import Judge", []),
    ],
)
def test_a_planted_import_is_found(package, planted, found):
    assert forbidden(package, planted) == found
