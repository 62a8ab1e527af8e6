"""The database's history: one numbered file per change, each with its way back."""
