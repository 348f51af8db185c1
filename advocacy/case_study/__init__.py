"""A first draft of a case study, from a story: as Markdown and as a Word document.

The draft goes outside the house, so it names nobody who has not said yes, whoever makes it.
"""

from advocacy.case_study.document import as_docx
from advocacy.case_study.draft import Draft, draft_of, file_name
from advocacy.case_study.markdown import as_markdown

__all__ = ["Draft", "as_docx", "as_markdown", "draft_of", "file_name"]
