"""Charts as values: a painted picture with the sentence that reads it and the table behind it.

One picture serves the page (x in percent of its width, classes of the theme), print, PDF and DOCX (fixed
width, own style). No chart exists without its reading and its table, and none says anything by colour alone.
"""
