"""The ledger: accounts, transfers, limits, commissions; what stands on it is in the other sub-rooms."""
