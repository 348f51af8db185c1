"""No mail is written of a kind that nobody named: the source is read, through the functions that hand a kind on."""

import ast
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from outbox.exceptions import UnknownKind
from outbox.kinds import all_kinds, groups, kind_of
from outbox.models import Message
from outbox.services import write_message

APPS = ("outbox", "advocacy", "nominations", "awards", "references", "portal")
ROOT = Path(__file__).parents[2]


def calls():
    """Module, the function around it or None, and the call, in everything that speaks of mail or kinds."""
    for app in APPS:
        for path in set((ROOT / app).rglob("*.py")) - set((ROOT / app).glob("migrations/*")):
            text = path.read_text()
            if "mail" in text or "kind" in text:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield from ((module, function, call) for function, call in _calls_in(ast.parse(text)))


def _calls_in(tree):
    waiting = [(tree, None)]
    while waiting:
        node, function = waiting.pop()
        if isinstance(node, ast.Call):
            yield function, node
        around = node if isinstance(node, ast.FunctionDef) else function
        waiting.extend((child, around) for child in ast.iter_child_nodes(node))


@cache
def calls_by_name():
    found = defaultdict(list)
    for module, function, call in calls():
        found[getattr(call.func, "id", getattr(call.func, "attr", ""))].append((module, function, call))
    return found


@pytest.fixture(scope="module")
def found():
    return set(kinds_written())


def kinds_written(target=write_message, position=99, seen=()):
    """What reaches `write_message` as a kind: constants, and what callers hand to functions that pass it on."""
    for module, function, call in calls_by_name()[target.__name__]:
        given = [word.value for word in call.keywords if word.arg == "kind"] or call.args[position : position + 1]
        if not given or _value(module, call.func) is not target:
            continue
        names = [argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]] if function else []
        if not (isinstance(given[0], ast.Name) and given[0].id in names):
            yield from _values(module, function, given[0])
        elif function.name not in seen:
            passing_on = getattr(import_module(module), function.name)
            yield from kinds_written(passing_on, names.index(given[0].id), (*seen, function.name))


def _values(module, function, expression):
    """Of a choice both, of a table all, of a variable what it was set to."""
    if isinstance(expression, ast.IfExp):
        return [*_values(module, function, expression.body), *_values(module, function, expression.orelse)]
    if isinstance(expression, ast.Subscript) and isinstance(choices := _value(module, expression.value), dict):
        return list(choices.values())
    settings = [node for node in ast.walk(function or ast.Module([], [])) if isinstance(node, ast.Assign)]
    for node in settings:
        if isinstance(expression, ast.Name) and ast.unparse(node.targets[0]) == expression.id:
            return _values(module, function, node.value)
    return [_value(module, expression)]


def _value(module, expression):
    """What a name stands for where it is written; None for what only a run can tell."""
    try:
        return eval(ast.unparse(expression), vars(import_module(module)))  # noqa: S307 - our own source
    except NameError:
        return None


def test_every_kind_that_is_written_is_named(found):
    assert len(found) > 55
    assert None not in found, "Somewhere the kind is neither a constant nor an argument: this test cannot follow it."
    assert not found - {kind.code for kind in all_kinds()}


def test_no_kind_is_named_that_nobody_writes_or_that_a_row_cannot_hold(found):
    longest = Message._meta.get_field("kind").max_length
    ours = {kind.code for kind in all_kinds() if not kind.group.code.endswith("notes")}

    assert ours - found == set()
    assert max(map(len, ours)) <= longest


def test_what_must_come_never_waits_and_each_group_stands_once():
    assert not [kind.code for kind in all_kinds() if kind.must and kind.can_wait]
    codes = [group.code for group in groups()]
    assert len(codes) == len(set(codes))
    with pytest.raises(UnknownKind):
        kind_of("nobody named this")
