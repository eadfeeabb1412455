"""How fast zhibiao is: ``make bench``, or ``python -m tests.bench``; docs/explanation/speed.md says what is measured.

A part measures something and gives figures, numbers by name (``extract.ratio``). Speed is held beside jieba.cut's over
the same text in the same run, since absolute times differ between machines and between the hours of a shared one.
"""
