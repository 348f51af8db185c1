"""A file that is too large is thrown away while it comes in, so that neither memory nor disk fills up."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class LargestUpload(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS.

    Of each file the first UPLOAD_MAX_BYTES and a little more are kept: enough for the page to see that it is too
    large and to say so; a table to be imported may have IMPORT_PAGE_MAX_BYTES, from those who may import. Files past UPLOAD_MAX_BYTES_TOGETHER are not kept at all; `request.refused_files` names them.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.together = 0
        self.most = settings.UPLOAD_MAX_BYTES
        self.most_together = settings.UPLOAD_MAX_BYTES_TOGETHER
        if is_import(request):
            self.most = settings.IMPORT_PAGE_MAX_BYTES
            self.most_together = max(self.most_together, self.most + 1_000_000)

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        if self.received > self.most:
            return None
        self.received += len(raw_data)
        self.together += len(raw_data)
        if self.together > self.most_together:
            if self.request is not None:
                self.request.refused_files = [*getattr(self.request, "refused_files", []), self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # The handlers behind this one keep the file.


def is_import(request: HttpRequest | None) -> bool:
    """A table on its way to an import page, from somebody who may import."""
    user = getattr(request, "user", None)
    return user is not None and request.path.endswith("/import/") and user.has_perm("advocacy.run_program")
