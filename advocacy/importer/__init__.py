"""Table files of other systems, read into accounts, opportunities and advocates.

`reading` turns a file into rows, `columns` recognises what they hold, `values` reads single cells;
these know nothing of the database. Each kind of import is one module and gives back a `Report`.
"""
