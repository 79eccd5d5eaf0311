"""Statistics of assessment: from item scores or their counts to estimates, each with its error, n and status.

Read `responses.py` first (what a table of answers is), then `rasch/conditional.py` and `mml/calibrate.py`.
Notation, everywhere: person i answers item j with score x in 0..m_j; theta is ability in logits; the
generalised partial credit model (Muraki 1992) says P(x = c | theta) ∝ exp(c·a_j·theta + d_jc) with d_j0 =
0, and every other model is it with fewer free parameters: two-parameter logistic when m_j = 1, partial
credit (Masters 1982) when a_j = 1, Rasch when both.
"""
