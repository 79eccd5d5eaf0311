"""How coverage and states of proof are drawn and said."""
