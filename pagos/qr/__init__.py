"""QR codes for payments (EMVCo merchant-presented mode)."""
