"""People of the territory: who has which post where, invitations, handover, closed accounts."""
