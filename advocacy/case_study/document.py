import io

from django.utils.translation import gettext as _
from docx import Document
from docx.shared import Pt

from advocacy.case_study.draft import Draft
from advocacy.case_study.markdown import columns

LONGEST_PROPERTY = 255  # characters a document's own facts take


def as_docx(draft: Draft) -> bytes:
    """The draft as a Word document; its text is text, whatever it holds."""
    document = Document()
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.title = draft.title[:LONGEST_PROPERTY]
    document.core_properties.author = "Laurel"
    document.core_properties.comments = ""
    document.add_heading(draft.title, level=0)
    for notice in draft.notices:
        document.add_paragraph().add_run(notice).italic = True
    _glance(document, draft)
    for label, blocks in draft.sections:
        document.add_heading(label, level=1)
        for block in blocks:
            document.add_paragraph(block.text, style="List Bullet" if block.is_item else None)
    if draft.results:
        document.add_heading(_("Measured"), level=1)
        _table(document, columns(), draft.results)
    if draft.quote:
        document.add_paragraph(f"“{draft.quote}”", style="Intense Quote")
    if draft.people:
        document.add_paragraph(draft.people)
    document.add_paragraph().add_run(draft.made).italic = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _glance(document, draft):
    document.add_heading(_("At a glance"), level=1)
    table = document.add_table(rows=0, cols=2)
    for label, value in draft.glance:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].paragraphs[0].runs[0].bold = True


def _table(document, head, rows):
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, label in zip(table.rows[0].cells, head, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(label).bold = True
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = value
