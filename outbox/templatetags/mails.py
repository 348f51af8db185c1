"""The tags of a mail's file: see outbox.wording."""

from django import template
from django.template.base import Node, token_kwargs

from outbox.wording.values import Address, Line, Text, as_listing

register = template.Library()


class MailNode(Node):
    """What is told of the mail to those who edit it: a sample of its subject, and of its button where it has one."""

    def __init__(self, facts):
        self.facts = facts

    def render(self, context):
        return ""


class ValueNode(Node):
    """One placeholder: its name, its meaning and a sample, and what it stands for."""

    def __init__(self, shape, name, meaning, sample, nodelist):
        self.shape, self.name, self.meaning, self.sample, self.nodelist = shape, name, meaning, sample, nodelist

    def render(self, context):
        return ""

    def value(self, context):
        return SHAPES[self.shape](self.nodelist.render(context).strip())

    def value_of_sample(self, sample, context):
        return SHAPES[self.shape](sample)


class ListingNode(Node):
    shape = "listing"

    def __init__(self, name, meaning, sample, found, intro, bullets):
        self.name, self.meaning, self.sample, self.found, self.intro, self.bullets = name, meaning, sample, found, intro, bullets

    def render(self, context):
        return ""

    def value(self, context):
        return self._listing(self.found.resolve(context, ignore_failures=True), context)

    def value_of_sample(self, sample, context):
        return self._listing(sample.split("; "), context)

    def _listing(self, found, context):
        intro = self.intro.resolve(context) if self.intro else ""
        return as_listing(found, intro=intro, bullets=self.bullets is None or self.bullets.resolve(context))


class LikeNode(Node):
    """This mail has the values and the default wording of another file."""

    def __init__(self, name):
        self.name = name

    def render(self, context):
        return ""


class SampleNode(Node):
    """A sample of its own for a placeholder of the file it is like."""

    def __init__(self, name, sample):
        self.name, self.sample = name, sample

    def render(self, context):
        return ""


class WordingNode(Node):
    def __init__(self, nodelist):
        self.nodelist, self.bodies = nodelist, {}

    def render(self, context):
        return ""


class WhyNode(WordingNode):
    """Who gets this mail, and why: in the footer, whatever is edited."""


SHAPES = {"value": Line, "text": Text, "address": Address}


@register.tag
def mail(parser, token):
    return MailNode(token_kwargs(token.split_contents()[1:], parser))


@register.tag("value")
@register.tag("text")
@register.tag("address")
def value(parser, token):
    shape, name, meaning, sample = token.split_contents()
    nodelist = parser.parse((f"end{shape}",))
    parser.delete_first_token()
    return ValueNode(shape, name, parser.compile_filter(meaning), parser.compile_filter(sample), nodelist)


@register.tag
def listing(parser, token):
    """`{% listing name meaning "sample; sample" found intro=… bullets=… %}`."""
    _tag, name, meaning, sample, found, *rest = token.split_contents()
    options = token_kwargs(rest, parser)
    expressions = (parser.compile_filter(part) for part in (meaning, sample, found))
    return ListingNode(name, *expressions, options.get("intro"), options.get("bullets"))


@register.tag
def like(parser, token):
    """`{% like "_call" %}`."""
    return LikeNode(token.split_contents()[1].strip("\"'"))


@register.tag
def sample(parser, token):
    """`{% sample name _("words") %}`; an empty one for what this mail never has."""
    _tag, name, words = token.split_contents()
    return SampleNode(name, parser.compile_filter(words))


@register.tag
def wording(parser, token):
    return WordingNode(_until(parser, "endwording"))


@register.tag
def why(parser, token):
    return WhyNode(_until(parser, "endwhy"))


def _until(parser, end):
    nodelist = parser.parse((end,))
    parser.delete_first_token()
    return nodelist
