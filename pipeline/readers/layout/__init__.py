"""Layout: from characters and ruling lines on pages to paragraphs and tables, whatever format the pages come from.

``flow.written`` does it all: characters are cleaned (``clean``), tables taken out by their lines (``grids``,
``cells``) or by their columns of figures (``aligned``), the rest made lines (``lines``) and put in reading order
(``columns``); page numbers and heads go (``furniture``), lines become paragraphs (``paragraphs``), footnotes follow
the paragraph that they interrupt (``footnotes``).
"""
