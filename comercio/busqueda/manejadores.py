"""What the search answers when something happens."""

from comercio.busqueda import alertas as alertas  # registers what it can be asked to tell
from comercio.busqueda import novedades as novedades
