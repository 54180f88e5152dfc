"""Open contracting data: each act publishes a release, kept as it was published."""

from feria_inversa.datos_abiertos import publicar as publicar  # it registers who notes an act
