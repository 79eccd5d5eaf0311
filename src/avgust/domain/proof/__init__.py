"""What is proven of an assignment, a measure, a programme; nobody types it.

`state_of` decides about one assignment from its status, its deadline and what data say; `Coverage` rolls
assignments up over units, measures, sections and programmes.
"""

from avgust.domain.proof.coverage import Coverage
from avgust.domain.proof.states import RULES, ProofState, Verdict, state_of

__all__ = ["RULES", "Coverage", "ProofState", "Verdict", "state_of"]
