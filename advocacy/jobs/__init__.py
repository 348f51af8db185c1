"""Long work in the background: started by a person or a rule, done by workers in shifts, watched and cancelled from a page.

    def rebuild(job, now):  # job_kinds.py of an app
        while pks := next_slice(after=job.cursor.get("after", 0)):
            refresh(pks)
            job.cursor = {"after": pks[-1]}
            yield job.done + len(pks), total
        job.note = _("All rows were made anew.")

    register(JobKind(code="search_rebuild", label=_("Rebuild of the search"), work=rebuild, may=runs_program))

Each step is one transaction, and how far it is is written in it: what a killed worker had not finished is undone,
and the next one goes on from `job.cursor`. A step is seconds, never minutes.
"""
