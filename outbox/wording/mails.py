"""The mails there are, as their files define them."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import gettext as _

from outbox.kinds import Group, kind_of
from outbox.templatetags.mails import ListingNode, MailNode, ValueNode, WhyNode, WordingNode
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
    """One file of templates/emails: the values it prepares, and its default wording."""

    def __init__(self, name: str):
        """Raises TemplateDoesNotExist."""
        self.name = name
        self._template = get_template(f"{FOLDER}/{name}.md").template

    @cached_property
    def facts(self) -> dict:
        [node] = self._nodes(MailNode)
        return {name: str(expression.resolve(self._plain({}))) for name, expression in node.facts.items()}

    @property
    def group(self) -> Group:
        return kind_of(self.facts.get("kind", self.name)).group

    @property
    def title(self) -> str:
        return self.facts.get("title") or str(kind_of(self.facts.get("kind", self.name)).label)

    @property
    def has_button(self) -> bool:
        return BUTTON in self.facts

    @cached_property
    def _values(self):
        return self._nodes(ValueNode, ListingNode)

    @cached_property
    def placeholders(self) -> list[Placeholder]:
        """Those of the text, in the order of the file."""
        context = self._plain({})
        declared = [
            Placeholder(node.name, str(node.meaning.resolve(context)), node.sample_value(context), node.shape)
            for node in self._values
        ]
        if self.has_button:
            button = Button(SAMPLE_LINK, self.facts[BUTTON])
            declared.append(
                Placeholder(BUTTON, _("the button: what the mail asks for; without it, it stands at the end"), button, BUTTON)
            )
        return declared

    @property
    def names(self) -> list[str]:
        return [placeholder.name for placeholder in self.placeholders]

    @property
    def addresses(self) -> list[str]:
        return [placeholder.name for placeholder in self.placeholders if placeholder.shape == "address"]

    @property
    def subject_names(self) -> list[str]:
        """A subject is one line, and may hold the default."""
        return [SUBJECT, *(one.name for one in self.placeholders if one.shape == "value")]

    @cached_property
    def body(self) -> str:
        """The default wording, as it is edited: in the language of now, with the placeholders as such."""
        [node] = self._nodes(WordingNode)
        return node.nodelist.render(self._plain({name: f"{{{{ {name} }}}}" for name in self.names})).strip()

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
    names = sorted({path.stem for folder in folders for path in folder.glob("*.md")})
    return sorted(map(Mail, names), key=lambda mail: (str(mail.group.label), mail.title))
