from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from advocacy.exceptions import RuleBroken


class SmallPages:
    """For a ModelAdmin with pages of one form that call a service; a broken rule stands at the form as a sentence."""

    def small_page(self, request, original, form, save, *, title, submit):
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[original.pk])
        if request.method == "POST" and form.is_valid():
            try:
                save(**form.cleaned_data)
            except RuleBroken as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, gettext("Noted."))
                return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "submit": submit,
            "opts": self.opts,
            "original": original,
            "form": form,
            "media": self.media + form.media,
            "back": back,
        }
        return TemplateResponse(request, "admin/advocacy/small_page.html", context)
