from awards.admin import history, judges, records, rubric

__all__ = ["history", "judges", "records", "rubric"]
