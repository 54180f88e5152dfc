"""What an authority may be competent for. The values are what the database stores and the API shows."""

from enum import StrEnum


class Materia(StrEnum):
    """The kinds of decision of an authority.

    `INSCRIPCION` may be narrowed to one kind of unit and `HABILITACION` to one quality (`clase`); all of them
    to a place.
    """

    INSCRIPCION = "INSCRIPCION"
    HABILITACION = "HABILITACION"
    MANDATOS = "MANDATOS"
    PAGOS = "PAGOS"
    CALENDARIO = "CALENDARIO"
    COMPETENCIAS = "COMPETENCIAS"
