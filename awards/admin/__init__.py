from awards.admin import judges, mail, records, rubric

__all__ = ["judges", "mail", "records", "rubric"]
