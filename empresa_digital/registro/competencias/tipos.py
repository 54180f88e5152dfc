"""What an authority may be competent for. The values are what the database stores and the API shows."""

from enum import StrEnum

from empresa_digital.registro.catalogos import Habilitacion, TipoUnidad

DOS_PERSONAS: frozenset[str] = frozenset(
    {
        TipoUnidad.ENTIDAD_PUBLICA,
        TipoUnidad.OPERADOR_POSTAL,
        Habilitacion.ENTIDAD_CONTRATANTE,
        Habilitacion.OPERADOR_POSTAL,
        Habilitacion.AUTORIDAD_REGULADORA,
    }
)
"""The kinds of unit that two officials register, and the qualities that two grant: through them pass the
money, the parcels or the authority of everybody.
"""


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
    ENVIOS = "ENVIOS"


CLASES: dict[Materia, tuple[str, ...]] = {
    Materia.INSCRIPCION: tuple(TipoUnidad),
    Materia.HABILITACION: tuple(Habilitacion),
}
"""To which kinds each of these matters may be narrowed."""
