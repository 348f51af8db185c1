from awards.exports import SCORE_COLUMNS, score_rows
from awards.management.export import ExportCommand


class Command(ExportCommand):
    help = "Every score of a program as CSV on standard output."
    columns = SCORE_COLUMNS

    def rows(self, program):
        return score_rows(program)
