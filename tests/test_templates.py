"""What the content security policy makes silently useless stands in no template, string or script of ours."""

import ast
import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("outbox", "advocacy", "nominations", "awards", "references", "portal")
EVENTS = r"(?:blur|change|click|error|focus|input|key\w+|load|mouse\w+|pointer\w+|reset|submit|toggle)"

# A name for each rule, what breaks it, and an example that must be found.
MARKUP = {
    "style attribute": (r"<[^>]*\sstyle\s*=", '<div class="bar" style="width: 40%">'),
    "style element": (r"<style\b", "<style>p { color: red }</style>"),
    "inline script": (r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/json)", "<script>alert(1)</script>"),
    "event attribute": (rf"\son{EVENTS}\s*=", '<button onclick="save()">'),
    "hx-on": (r"\bhx-on\b", '<form hx-on::after-request="this.reset()">'),
    "js: in a value": (r"=\s*[\"']\s*js:", "<div hx-vals='js:{a: 1}'>"),
    "javascript: address": (r"[\"']\s*javascript:", '<a href="javascript:history.back()">'),
    "filter in hx-trigger": (r"\bhx-trigger\s*=\s*(\"[^\"]*\[|'[^']*\[)", '<input hx-trigger="keyup[ctrlKey]">'),
}
# Attributes of widgets are dictionaries: the same mistakes without the markup around them.
ATTRIBUTES = {
    "style attribute": (r"^style$", "style"),
    "event attribute": (rf"^on{EVENTS}$", "onclick"),
    "hx-on": (r"^hx-on\b", "hx-on:click"),
}
SCRIPTS = {
    "eval": (r"\beval\s*\(|\bnew Function\s*\(", 'eval("1")'),
    "style written as an attribute": (r"setAttribute\(\s*[\"']style", 'bar.setAttribute("style", "width: 40%")'),
}


def faults(text, rules):
    return [name for name, (pattern, _example) in rules.items() if re.search(pattern, text, re.IGNORECASE)]


def templates():
    """All but those of mails: mail programs know no style sheets, and no policy holds there."""
    folder = PROJECT / "templates"
    return [path for path in sorted(folder.rglob("*.html")) if path.relative_to(folder).parts[0] != "emails"]


def modules():
    return [path for package in PACKAGES for path in sorted((PROJECT / package).rglob("*.py")) if "migrations" not in path.parts]


def strings_in(source):
    """The string constants of a module, and apart from them the keys of its dictionaries."""
    tree = ast.parse(source)
    keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys if key}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node.value for node in texts], [node.value for node in texts if id(node) in keys]


def faults_in_module(source):
    texts, keys = strings_in(source)
    found = [fault for text in texts for fault in faults(text, MARKUP)]
    return found + [fault for key in keys for fault in faults(key, ATTRIBUTES)]


def faults_by_file(paths, find):
    found = {str(path.relative_to(PROJECT)): find(path.read_text()) for path in paths}
    return {path: problems for path, problems in found.items() if problems}


def test_no_template_holds_what_the_policy_blocks():
    assert faults_by_file(templates(), lambda text: faults(text, MARKUP)) == {}


def test_no_string_in_our_code_holds_what_the_policy_blocks():
    assert faults_by_file(modules(), faults_in_module) == {}


def test_no_script_does_what_the_policy_blocks():
    assert faults_by_file((PROJECT / "static/js").glob("*.js"), lambda text: faults(text, SCRIPTS)) == {}


@pytest.mark.parametrize("rules", [MARKUP, ATTRIBUTES, SCRIPTS], ids=["markup", "attributes", "scripts"])
def test_each_rule_finds_its_planted_example(rules):
    for name, (_pattern, example) in rules.items():
        assert name in faults(example, rules)


def test_a_planted_attribute_of_a_widget_is_found():
    assert faults_in_module('Textarea(attrs={"rows": 3, "onclick": "save()"})') == ["event attribute"]
    assert faults_in_module("format_html('<p style=\"color: red\">{}</p>', name)") == ["style attribute"]


@pytest.mark.parametrize(
    "harmless",
    [
        '<script src="/static/js/shell.js" defer></script>',
        '<script type="application/json" id="points">{}</script>',
        '<link rel="stylesheet" href="/static/css/laurel.css">',
        '<input hx-trigger="keyup changed delay:300ms">',
        "<p>Based on load = 3, once only.</p>",
    ],
)
def test_what_the_policy_allows_is_left_alone(harmless):
    assert faults(harmless, MARKUP) == []
