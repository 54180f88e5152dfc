"""Open contracting data: each act publishes a release, kept as it was published."""

from feria_inversa.datos_abiertos import ocds as ocds  # it registers what publishes an act
