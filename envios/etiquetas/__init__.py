"""Labels: an item's address, bars and QR on paper (A6, or four to a sheet) and for thermal printers."""
