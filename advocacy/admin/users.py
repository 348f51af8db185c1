from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from advocacy.models import User
from advocacy.roles import PERMISSIONS


class NewUserForm(forms.ModelForm):
    """A person without a password: they set their own by the link that the sign-in page sends."""

    class Meta:
        model = User
        fields = ["email", "name", "team", "region", "time_zone", "groups"]

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = NewUserForm
    add_form_template = None
    list_display = ["name", "email", "roles", "team", "region", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "region"]
    search_fields = ["name", "email", "team"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["manager", "deputy"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "groups", "team", "region", "time_zone"],
                "description": _(
                    "Nobody chooses a password for somebody else. "
                    "Tell the person to use “Forgot your password?” on the sign-in page; the link goes to this address."
                ),
            },
        )
    ]
    fieldsets = [
        (None, {"fields": ["email", "name", "groups", "is_active"]}),
        (_("Work"), {"fields": ["team", "region", "manager", "time_zone", "workday_starts", "workday_ends"]}),
        (_("Absence"), {"fields": ["deputy", "deputy_from", "deputy_until"]}),
        (_("Signing in"), {"fields": ["last_login", "date_joined"]}),
    ]
    superuser_fieldset = (_("Superuser"), {"fields": ["is_superuser"], "description": _("May do everything, everywhere.")})

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.superuser_fieldset] if obj and request.user.is_superuser else fieldsets

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            roles = Group.objects.filter(name__in=PERMISSIONS).order_by("name")
            kwargs |= {"queryset": roles, "widget": forms.CheckboxSelectMultiple, "label": _("roles"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """A superuser's address or password opens everything, so only superusers change them."""
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """People stay in the history; who leaves may no longer sign in."""
        return False

    def user_change_password(self, request, id, form_url=""):
        """Whoever could set a password could score, approve and read as that person."""
        raise PermissionDenied

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # allauth remembers each address a reset was asked for, and would go on mailing links to the old one.
            EmailAddress.objects.filter(user=obj).exclude(email__iexact=obj.email).delete()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not form.instance.groups.exists() and not form.instance.is_superuser:
            messages.warning(request, _("%s has no role yet and can open nothing.") % form.instance)

    @admin.display(description=_("roles"))
    def roles(self, user):
        names = [group.name for group in user.groups.all()]
        return ", ".join(["superuser", *names] if user.is_superuser else names)
