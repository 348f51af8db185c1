"""A story told in one text, split at the headings it has; every word of it ends in one of the parts."""

import re
from dataclasses import dataclass

# A heading in bold or as a Markdown heading, on a line of its own or at the start of its text, or in the middle of a
# line that was run together. In some texts the bold goes on to the end of the paragraph.
HEADING = re.compile(
    r"(?<![\w*#])(?:\*\*[ \t]*|#{1,6}[ \t]+)"
    r"(?P<name>background|challenges?|goals?|objectives?|solutions?(?:[ \t]*(?:&|and|\\&)[ \t]*results?)?|results?)"
    r"[ \t]*(?::[ \t]*\*\*|\*\*[ \t]*:?|:|(?=\n|$))[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
BULLET = re.compile(r"\s*(?:[*+-]|\d+[.)])\s+\S")
LEAD_IN_LENGTH = 200  # characters; a longer paragraph above the list tells more than "Results were:"
LAST_SENTENCE = re.compile(r"^(?P<before>.*[.!?][\"'”’)]*)\s+(?P<last>[^.!?]*[:?!])\s*$", re.DOTALL)

BEFORE_STATE, GOALS, SOLUTION, RESULTS = "before_state", "goals", "solution", "results"
PARTS = {"background": BEFORE_STATE, "challenge": BEFORE_STATE, "goal": GOALS, "objective": GOALS, "result": RESULTS}


@dataclass(frozen=True)
class StoryParts:
    """`narrative` holds what stands under no heading and under the solution; a text without headings is all narrative."""

    before_state: str = ""
    goals: str = ""
    narrative: str = ""
    results: str = ""


def split_story(body: str) -> StoryParts:
    """The parts of a story. The list that closes the solution is the results, with the line that leads into it."""
    texts = {"": [], BEFORE_STATE: [], GOALS: [], SOLUTION: [], RESULTS: []}
    for part, text in _sections(body):
        texts[part].append(text)
    opening, before_state, goals, solution, results = ("\n\n".join(filter(None, texts[part])) for part in texts)
    if solution and not results:
        solution, results = split_closing_list(solution)
    return StoryParts(before_state, goals, "\n\n".join(filter(None, [opening, solution])), results)


def _sections(body):
    headings = list(HEADING.finditer(body))
    yield "", body[: headings[0].start() if headings else None].strip()
    for heading, following in zip(headings, [*headings, None][1:], strict=True):
        text = body[heading.end() : following.start() if following else None].strip()
        if "**" not in heading.group()[2:] and heading.group().startswith("**"):
            text = _without_open_bold(text)
        yield PARTS.get(heading["name"].casefold().removesuffix("s"), SOLUTION), text


def _without_open_bold(text):
    """The bold that began before the heading ends somewhere in its paragraph; those two stars belong to nothing now."""
    paragraph, gap, rest = text.partition("\n\n")
    return paragraph.replace("**", "", 1) + gap + rest


def split_closing_list(text: str) -> tuple[str, str]:
    """What is before and after the last list of a text, and that list with the words that lead into it."""
    paragraphs = re.split(r"\n\s*\n", text)
    lists = [number for number, paragraph in enumerate(paragraphs) if BULLET.match(paragraph)]
    if not lists:
        return text, ""
    last = first = lists[-1]
    while first - 1 in lists:
        first -= 1
    before, lead_in = _split_lead_in(paragraphs[first - 1]) if first else ("", "")
    kept = [*paragraphs[: max(first - 1, 0)], before, *paragraphs[last + 1 :]]
    closing = [lead_in, *paragraphs[first : last + 1]]
    return _joined(kept), _joined(closing)


def _split_lead_in(paragraph):
    if len(paragraph) <= LEAD_IN_LENGTH:
        return "", paragraph
    found = LAST_SENTENCE.match(paragraph)
    return (found["before"], found["last"]) if found else (paragraph, "")


def _joined(paragraphs):
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
