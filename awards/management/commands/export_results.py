from awards.exports import RESULT_COLUMNS, result_rows
from awards.management.export import ExportCommand


class Command(ExportCommand):
    help = "The ranked table of a program as CSV on standard output."
    columns = RESULT_COLUMNS

    def rows(self, program):
        return result_rows(program)
