"""The mails there are, as their files define them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from outbox.kinds import Group, kind_of
from outbox.templatetags.mails import LikeNode, ListingNode, MailNode, SampleNode, ValueNode, WhyNode, WordingNode
from outbox.wording.values import Button, Line, Value

FOLDER = "emails"
BUTTON = "button"
SUBJECT = "subject"
SAMPLE_LINK = "https://laurel.example/…"


@dataclass(frozen=True)
class Placeholder:
    name: str
    meaning: str
    sample: Value
    shape: str

    @property
    def written(self) -> str:
        return f"{{{{ {self.name} }}}}"


class Mail:
    """One file of templates/emails: the values it prepares, and its default wording; or like another, with its own samples."""

    def __init__(self, name: str):
        """Raises TemplateDoesNotExist."""
        self.name = name
        self._own = self._template = get_template(f"{FOLDER}/{name}.md").template
        for node in self._nodes(LikeNode):
            self._template = get_template(f"{FOLDER}/{node.name}.md").template

    @cached_property
    def facts(self) -> dict:
        return {name: str(expression.resolve(self._plain({}))) for name, expression in self._told.facts.items()}

    @cached_property
    def _told(self):
        [node] = [node for node in self._own.nodelist if type(node) is MailNode]
        return node

    @property
    def group(self) -> Group:
        return kind_of(self.facts.get("kind", self.name)).group

    @property
    def title(self) -> str:
        return self.facts.get("title") or str(kind_of(self.facts.get("kind", self.name)).label)

    @property
    def has_button(self) -> bool:
        return BUTTON in self._told.facts

    @cached_property
    def _values(self):
        return self._nodes(ValueNode, ListingNode)

    @cached_property
    def placeholders(self) -> list[Placeholder]:
        """Those of the text, in the order of the file, with their samples."""
        context = self._plain({})
        own = {node.name: node.sample for node in self._own.nodelist if type(node) is SampleNode}
        declared = [
            Placeholder(
                node.name,
                str(node.meaning.resolve(context)),
                node.value_of_sample(str(own.get(node.name, node.sample).resolve(context)), context),
                node.shape,
            )
            for node in self._values
        ]
        if self.has_button:
            button = Button(SAMPLE_LINK, self.facts[BUTTON])
            meaning = _("the button: what the mail asks for; without it, it stands at the end")
            declared.append(Placeholder(BUTTON, meaning, button, BUTTON))
        return declared

    @property
    def names(self) -> list[str]:
        return [*(node.name for node in self._values), *([BUTTON] if self.has_button else [])]

    @property
    def addresses(self) -> list[str]:
        return [node.name for node in self._values if node.shape == "address"]

    @property
    def subject_names(self) -> list[str]:
        """A subject is one line, and may hold the default."""
        return [SUBJECT, *(node.name for node in self._values if node.shape == "value")]

    @property
    def body(self) -> str:
        """The default wording, as it is edited: in the language of now, with the placeholders as such."""
        [node] = self._nodes(WordingNode)
        kept = (get_language(), self.has_button)
        if kept not in node.bodies:
            named = self._plain({name: f"{{{{ {name} }}}}" for name in self.names})
            node.bodies[kept] = node.nodelist.render(named).strip()
        return node.bodies[kept]

    def with_button(self, body: str) -> str:
        """A wording cannot lose what the mail asks its reader to do."""
        if not self.has_button or f"{{{{{BUTTON}}}}}" in body.replace(" ", ""):
            return body
        return f"{body}\n\n{{{{ {BUTTON} }}}}"

    def values(self, context: dict) -> dict[str, Value]:
        """What each placeholder stands for in one mail."""
        plain = self._plain(context)
        found = {node.name: node.value(plain) for node in self._values}
        if self.has_button:
            found[BUTTON] = Button(context.get("link", ""), context.get("link_text", ""))
        return found | {SUBJECT: Line(context.get(SUBJECT, ""))}

    def samples(self) -> dict[str, Value]:
        return {one.name: one.sample for one in self.placeholders} | {SUBJECT: Line(self.facts.get(SUBJECT, ""))}

    def why(self, context: dict, values: dict[str, Value]) -> str:
        [node] = self._nodes(WhyNode)
        shown = {name: value.inline_text() for name, value in values.items()}
        return Line(node.nodelist.render(self._plain(context | shown))).inline_text()

    def _nodes(self, *kinds):
        return [node for node in self._template.nodelist if type(node) in kinds]

    def _plain(self, context):
        # Escaping comes with the form of the mail. A moment stays in the zone its mail put it into, and is not
        # turned into the zone of whoever acts.
        context = Context(context, autoescape=False, use_tz=False)
        context.template = self._template
        return context


def find_mail(name: str) -> Mail | None:
    """None where no file has this name."""
    try:
        return Mail(name)
    except TemplateDoesNotExist:
        return None


def all_mails() -> list[Mail]:
    folders = [Path(folder) / FOLDER for backend in settings.TEMPLATES for folder in backend["DIRS"]]
    names = sorted({path.stem for folder in folders for path in folder.glob("[!_]*.md")})
    return sorted(map(Mail, names), key=lambda mail: (str(mail.group.label), mail.title))
