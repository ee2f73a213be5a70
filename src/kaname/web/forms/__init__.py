"""Forms of acts: of a case, to open one, and upon entries (correct, annul, deliver). One machinery, three sorts.

A sort of form says which fields it asks, what entry they make, what that entry would do, and how it is recorded
(`forms.form.Form`); `views.steps` leads a person through form, check page and receipt, and keeps what is typed.
"""
