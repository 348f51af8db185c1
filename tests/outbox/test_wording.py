"""One source a mail: what names and edited words may do to it, and what they may not."""

import ast
import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils.safestring import mark_safe

from outbox.kinds import all_kinds
from outbox.models import Message, Wording
from outbox.rendering import faults_of, preview, render_mail
from outbox.services import write_message
from outbox.wording import Listing, all_mails, find_mail
from tests.factories import NOW, make_account, make_user

PROJECT = Path(__file__).resolve().parent.parent.parent
MAIL = "section_wanted"
EVIL = "Ada *B*\n\n# [x](javascript:alert(1)) <script>alert(1)</script> ![p](https://evil.example/p.png) {{ by }} {% now 'Y' %}"


@pytest.fixture
def person():
    return make_user("csm", name="Grace Hopper")


def render(person, **context):
    facts = {"person": person, "by": "Sam", "company": "Engines", "program": "Awards", "section": "Results", "expires_at": NOW}
    link = {"link": "https://laurel.example/a?b=1&c=2", "link_text": "Write it down"}
    return render_mail(MAIL, facts | link | context, subject=context.pop("subject", "Please help"))


def put(body, subject="", template=MAIL):
    return Wording.objects.create(template=template, subject=subject, body=body, changed_at=NOW)


def body_of(html):
    return html[html.index('<div class="mail">') : html.index('<p class="footer">')]


def source_of(mail):
    return (PROJECT / f"templates/emails/{mail.name}.md").read_text()


@pytest.mark.django_db
def test_every_mail_is_whole_with_its_samples():
    for mail in all_mails():
        assert faults_of(mail, "", mail.body) == [], mail.name
        assert mail.title, mail.name
        shown = preview(mail, "", mail.body)
        assert shown.subject, mail.name
        for placeholder in mail.placeholders:
            assert placeholder.meaning, (mail.name, placeholder.name)
            alone = preview(mail, "", placeholder.written)
            words = placeholder.sample.block_text()
            assert words or "_call" in source_of(mail), (mail.name, placeholder.name)
            assert words in alone.text, (mail.name, placeholder.name)
        for form in (shown.text, shown.html):
            assert not re.search(r"[\ue000\ue001]|\{\{|\{%|\*\*", form.partition("</style>")[2] or form), mail.name


def test_every_mail_that_is_written_has_a_file_and_nothing_else_lies_there():
    folder = PROJECT / "templates/emails"
    found = {path.name for path in folder.iterdir() if path.suffix != ".md"}
    assert found == {"frame.html", "frame.txt"}
    names = set()
    for package in ("outbox", "advocacy", "nominations", "awards", "references", "portal"):
        for path in (PROJECT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg == "template" and isinstance(node.value, ast.Constant):
                    names.add(node.value.value)
    names |= {kind.code for kind in all_kinds() if kind.group.code == "references"}
    assert names - {path.stem for path in folder.glob("*.md")} == set()


@pytest.mark.django_db
def test_a_name_becomes_no_markup_no_link_and_no_line(person):
    mail = render(person, company=EVIL, by="Sam\r\nBcc: all@evil.example")

    html = body_of(mail.html)
    assert html.count("<a ") == 1
    assert "<script" not in html
    assert "<img" not in html
    assert "<em>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Ada *B* # [x](javascript:alert(1)) <script>" in mail.text
    assert "\nBcc:" not in mail.text
    assert "{{ by }} {% now 'Y' %}" in mail.text


@pytest.mark.django_db
def test_the_signs_around_a_placeholder_do_nothing_in_what_somebody_wrote(person):
    mail = render(person, note="One \ue0000\ue001 two \ue00099\ue001\nthree", company="\ue00099\ue001")

    assert "\ue000" not in mail.html + mail.text
    assert "<p>One 0 two 99<br>\nthree</p>" in mail.html


@pytest.mark.django_db
def test_a_long_story_keeps_its_paragraphs_as_a_quote(person):
    story = "\n\n".join(["We began with *nothing*.\n1. Then it worked <b>.</b>", *["word " * 200] * 10])

    mail = render(person, note=story)

    assert "> We began with *nothing*.\n> 1. Then it worked <b>.</b>\n>\n> word" in mail.text
    quote = re.search(r"<blockquote>.*?</blockquote>", mail.html, re.DOTALL)[0]
    assert quote.count("<p>") == 11
    assert "*nothing*.<br>\n1. Then it worked &lt;b&gt;" in quote


@pytest.mark.django_db
def test_a_line_with_nothing_to_say_is_left_out(person):
    assert "<blockquote>" not in render(person, note=" ").html
    assert "button" not in body_of(render(person, link="").html)


@pytest.mark.django_db
def test_the_action_and_the_footer_stay_whatever_is_written(person):
    put("**Hello** {{ name }}, see [our page](https://laurel.example/help).\n\n- one\n- {{ company }}")

    mail = render(person, reply_to="sam@laurel.example")

    assert mail.text.startswith(
        "Hello Grace, see our page: https://laurel.example/help.\n\n- one\n- Engines\n\n"
        "Write it down:\nhttps://laurel.example/a?b=1&c=2\n\n--\nYou get this mail because Sam asked you"
    )
    assert "Answers to this mail go to sam@laurel.example." in mail.text
    assert "<strong>Hello</strong> Grace" in mail.html
    assert '<a class="button" href="https://laurel.example/a?b=1&amp;c=2">Write it down</a>' in mail.html


@pytest.mark.django_db
def test_an_edited_subject_starts_no_other_header(person):
    put("Hello.", subject="{{ by }}: {{ subject }}\r\nBcc: all@evil.example")

    mail = render(person, by="Sam\nCc: x@evil.example", subject="Please help")

    assert mail.subject == "Sam Cc: x@evil.example: Please help Bcc: all@evil.example"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{% for x in y %}", "“{% for x in y %}”: commands are not allowed, only placeholders."),
        ("{# note #}", "“{# note #}”: commands are not allowed, only placeholders."),
        ("{{ salary }}", "{{ salary }} is not a placeholder of this mail."),
        ("{{ name|upper }}", "{{ name|upper }}: filters are not allowed, only the name of a placeholder."),
        ("{{ name.password }}", "{{ name.password }}: nothing of a placeholder can be read, only the placeholder itself."),
        ("{{ name", "“{{” stands alone: a placeholder is written as {{ name }}."),
        ("[x](javascript:alert(1))", "A link may lead to http://, https:// or mailto:, not to “javascript:alert(1)”."),
        ("[x]({{ company }})", "{{ company }} is no address: a link cannot lead there."),
    ],
)
def test_what_a_wording_may_not_hold_is_named_in_a_sentence(words, said):
    assert faults_of(find_mail(MAIL), "", f"Hello {words}.") == [said]


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        ("[x](https://evil.example/?x={{ page }})", True),
        ("[x](https:\\//evil.example/?x={{ page }})", True),
        ("[x](mailto:eve@evil.example?body={{ page }})", True),
        ("[x](https://laurel.example.evil.example/{{ page }})", True),
        ("https://evil.example/?x={{ advocate }}", True),
        ("www.evil.example/*{{ page }}*", True),
        ("[x](https://evil.example/)", False),
        ("[x]({{ page }}), see https://evil.example/ {{ page }}", False),
        ("[x](https://laurel.example/help/?from={{ page }})", False),
    ],
)
def test_no_placeholder_goes_to_a_foreign_host(words, is_refused, settings):
    settings.SITE_URL = "https://laurel.example"

    faults = faults_of(find_mail("request_approval"), "", f"Look: {words}")

    assert [fault for fault in faults if "of a page of ours" in fault] == faults
    assert bool(faults) is is_refused


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Hello {{ gone }}", "{% for x in y %}{{ name }}", "{{ name.password }}"])
def test_a_wording_that_fits_no_more_stops_no_mail(words, person):
    put(words)

    message = write_message(
        kind=MAIL,
        about=make_account(),
        recipient="reader@laurel.example",
        occurrence="asked",
        subject="Please help",
        template=MAIL,
        context={"person": person, "company": "Engines"},
    )

    assert message.text.startswith("Hello Grace,\n\nplease write down what you know of Engines")
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_link_leads_where_its_value_says_and_nowhere_dangerous():
    where = "[The request with everything that belongs to it]"
    facts = {"link": "https://laurel.example/", "link_text": "Answer"}

    good = render_mail("request_approval", facts | {"page": "https://laurel.example/r/1/?a=1&b=2"}, subject="x")
    bad = render_mail("request_approval", facts | {"page": "javascript:alert(1)"}, subject="x")

    assert f"{where[1:-1]}: https://laurel.example/r/1/?a=1&b=2" in good.text
    assert '<a href="https://laurel.example/r/1/?a=1&amp;b=2">The request' in good.html
    assert "javascript" not in bad.text + bad.html


@pytest.mark.django_db
def test_a_listing_of_listings_is_read_in_both_forms(person):
    found = [Listing(["One <1>", ("Two", "free")], intro="CFOs:", address="https://laurel.example/s")]

    mail = render_mail("new_matches", {"person": person, "found": found}, subject="x")

    assert "CFOs:\n- One <1>\n- Two: free\nhttps://laurel.example/s" in mail.text
    assert '<p><a href="https://laurel.example/s">CFOs:</a></p>\n<ul><li>One &lt;1&gt;</li><li>Two: free</li></ul>' in mail.html


def test_the_frame_is_safe_in_the_dark():
    html = engines["django"].get_template("emails/frame.html").render({"body": mark_safe("<p>x</p>")})

    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert "<img" not in html
