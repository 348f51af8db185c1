"""The words of the mails: each has a default in `templates/emails/<name>.md`, and the team may put its own in place.

A mail's file prepares the values and names them; its wording is Markdown that knows nothing but these names. So a
wording of the team goes the same way as the default: no template language, no loop, nothing that was not offered.

    {% load i18n mails %}{% mail subject=_("Ada Byron won: Best story") button=_("The winner's page") %}
    {% value name _("the reader's first name") _("Grace") %}{{ person.get_short_name }}{% endvalue %}
    {% text why _("the reason given") _("It fits.") %}{{ why }}{% endtext %}
    {% wording %}{% blocktranslate %}Hello {{ name }},

    ...

    > {{ why }}

    {{ button }}{% endblocktranslate %}{% endwording %}
    {% why %}{% translate "You get this mail because you look after this customer." %}{% endwhy %}

`value` is one line, `text` keeps its lines, `listing` takes what can be looped over (or `Listing`s), `address` is where a
link leads. What is empty takes the line it stands alone in with it. The samples are for the preview. A file whose name
begins with an underscore is no mail: others are like it, by `{% like "_call" %}` and samples of their own.
"""

from outbox.wording.checking import faults_in
from outbox.wording.mails import Mail, Placeholder, all_mails, find_mail
from outbox.wording.values import Listing

__all__ = ["Listing", "Mail", "Placeholder", "all_mails", "faults_in", "find_mail"]
