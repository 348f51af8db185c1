"""The forms of allauth with our labels; a placeholder would only say the label again."""

from allauth.account import forms
from django.utils.translation import gettext_lazy as _


class PlainFields:
    LABELS = {"login": _("E-mail"), "email": _("E-mail"), "oldpassword": _("Password you have now")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.LABELS.get(name, field.label)


class SignInForm(PlainFields, forms.LoginForm):
    pass


class ResetPasswordForm(PlainFields, forms.ResetPasswordForm):
    pass


class ResetPasswordFromKeyForm(PlainFields, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(PlainFields, forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFields, forms.SetPasswordForm):
    pass


class ReauthenticateForm(PlainFields, forms.ReauthenticateForm):
    pass
