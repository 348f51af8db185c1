import smtplib

from django.core.mail.backends import smtp


class KnowsWhatWentOut:
    """Tells a line that broke while a mail was still being announced from one that broke after its text went out."""

    text_is_out = False

    def mail(self, *arguments, **options):
        self.text_is_out = False
        return super().mail(*arguments, **options)

    def send(self, words):
        # smtplib sends commands as text, and only what follows DATA as bytes.
        self.text_is_out = self.text_is_out or isinstance(words, bytes)
        super().send(words)


class Line(KnowsWhatWentOut, smtplib.SMTP):
    pass


class EncryptedLine(KnowsWhatWentOut, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's, over a line that knows whether a mail may have been taken."""

    @property
    def connection_class(self):
        return EncryptedLine if self.use_ssl else Line

    def may_have_taken(self) -> bool:
        """Whether the last mail's text left this machine."""
        return bool(self.connection and self.connection.text_is_out)
