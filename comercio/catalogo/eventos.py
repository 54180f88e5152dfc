"""Events published here; `datos` carry ids and small facts only."""

PRODUCTO_PUBLICADO = "ProductoPublicado"
PRODUCTO_REESCRITO = "ProductoReescrito"
"""What a product on sale says of itself changed."""
