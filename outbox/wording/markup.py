"""From Markdown with placeholders and their values to the two forms of a mail."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from outbox.wording.values import Value, is_safe

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
# A placeholder passes through Markdown as its number between two characters that nobody types.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
# Alone in its paragraph, or within a line: found in one pass, so that nothing in a value is taken for a placeholder.
IN_HTML = re.compile(f"<p>{OPEN}(\\d+){CLOSE}</p>|{OPEN}(\\d+){CLOSE}")
# What may stand in a line beside nothing but an empty placeholder: the signs of quotes, lists and emphasis.
SIGNS = " \t>*_+-0123456789.)"
RULES = ["list", "blockquote", "emphasis", "link", "newline", "escape"]


def parser(refused: list | None = None) -> MarkdownIt:
    """Paragraphs, emphasis, lists, quotes and links; no HTML, no pictures. Addresses that are not taken go to `refused`."""
    markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(RULES)
    normalize = markdown.normalizeLink

    def validate(address):
        if OPEN in address or is_safe(address):
            return True
        if refused is not None:
            refused.append(address)
        return False

    markdown.validateLink = validate
    markdown.normalizeLink = lambda address: address if OPEN in address else normalize(address)
    return markdown


_markdown = parser()


def both_forms(source: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """The text and the HTML of a wording; every placeholder in it must have a value."""
    order = list(values)
    number = {name: str(place) for place, name in enumerate(order)}
    marked = PLACEHOLDER.sub(lambda found: f"{OPEN}{number[found[1]]}{CLOSE}", _prepared(source, values))
    by_number = {number[name]: value for name, value in values.items()}
    tokens = _markdown.parse(marked)
    _fill_addresses(tokens, by_number)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    html = IN_HTML.sub(lambda found: by_number[found[1]].block_html() if found[1] else by_number[found[2]].inline_html(), html)
    return _blocks(SyntaxTreeNode(tokens), by_number), html


def fill_line(source: str, values: Mapping[str, Value]) -> str:
    """A subject with its values: one line."""
    return " ".join(PLACEHOLDER.sub(lambda found: values[found[1]].inline_text(), source).split())


def _prepared(source, values):
    """Without the lines that hold nothing but empty placeholders; a long value alone in its line is a paragraph."""
    lines = []
    for line in source.replace(OPEN, "").replace(CLOSE, "").splitlines():
        names = PLACEHOLDER.findall(line)
        if names and not any(values[name] for name in names) and not PLACEHOLDER.sub("", line).strip(SIGNS):
            continue
        is_own = len(names) == 1 and values[names[0]].is_block and PLACEHOLDER.fullmatch(line.strip())
        lines += ["", line.strip(), ""] if is_own else [line]
    return "\n".join(lines)


def _fill_addresses(tokens, by_number):
    """Put values into the addresses of links; a link that would lead to another kind of address is only its words."""
    for token in tokens:
        is_kept = True
        for child in token.children or ():
            if child.type == "link_open" and OPEN in child.attrs["href"]:
                address = MARK.sub(lambda found: by_number[found[1]].inline_text(), child.attrs["href"])
                is_kept = is_safe(address)
                child.attrs["href"] = address
                child.hidden = not is_kept
            elif child.type == "link_close":
                child.hidden, is_kept = not is_kept, True
        if token.children:
            token.children = [child for child in token.children if not (child.hidden and child.type.startswith("link_"))]


# As text --------------------------------------------------------------------------------------


def _blocks(node, by_number, between="\n\n"):
    return between.join(filter(None, (_block(child, by_number) for child in node.children)))


def _block(node, by_number):
    if node.type == "paragraph":
        return _paragraph(node, by_number)
    if node.type == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in _blocks(node, by_number).split("\n"))
    if node.type in {"bullet_list", "ordered_list"}:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        items = [_blocks(item, by_number, "\n") for item in node.children]
        signs = ["- " if start is None else f"{start + place}. " for place in range(len(items))]
        return "\n".join(sign + item.replace("\n", "\n" + " " * len(sign)) for sign, item in zip(signs, items, strict=True))
    return _blocks(node, by_number)


def _paragraph(node, by_number):
    words = "".join(_inline(child) for child in node.children)
    if alone := MARK.fullmatch(words):
        return by_number[alone[1]].block_text()
    return MARK.sub(lambda found: by_number[found[1]].inline_text(), words)


def _inline(node):
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if node.type == "text":
        return node.content
    words = "".join(_inline(child) for child in node.children)
    if node.type == "link" and words != node.attrs["href"]:
        return f"{words}: {node.attrs['href']}"
    return words
