"""The execution report of a programme for a date and a place: what the next conference reads.

The values are put together by `avgust.web.reports`; here are their shape, what is concluded from them, the
memory across years and the files that officials edit and sign.
"""
