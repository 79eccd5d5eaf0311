"""Classical test theory: difficulty, discrimination, reliability."""
