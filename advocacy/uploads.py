"""A file that is too large is thrown away while it comes in, so that neither memory nor disk fills up."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LargestUpload(FileUploadHandler):
    """First in FILE_UPLOAD_HANDLERS.

    Of each file the first UPLOAD_MAX_BYTES and a little more are kept: enough for the page to see that it is too
    large and to say so. Files past UPLOAD_MAX_BYTES_TOGETHER are not kept at all; `request.refused_files` names them.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.together = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        if self.received > settings.UPLOAD_MAX_BYTES:
            return None
        self.received += len(raw_data)
        self.together += len(raw_data)
        if self.together > settings.UPLOAD_MAX_BYTES_TOGETHER:
            if self.request is not None:
                self.request.refused_files = [*getattr(self.request, "refused_files", []), self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None  # The handlers behind this one keep the file.
