"""The kinds of seller, read from the registry's unit."""

from enum import StrEnum

from empresa_digital.registro import TipoUnidad, Unidad
from nucleo.textos import perezoso as _l

UNIPERSONAL = "38JQ"  # ISO 20275: its legal form


class ClaseDeVendedor(StrEnum):
    FIRMA = "firma"
    UNIPERSONAL = "unipersonal"
    COOPERATIVA = "cooperativa"
    ASOCIACION = "asociacion"
    COMUNIDAD = "comunidad"
    INDIVIDUAL = "individual"

    @property
    def texto(self) -> str:
        return str(_TEXTOS[self])


class QueSeVende(StrEnum):
    BIENES = "bienes"
    SERVICIOS = "servicios"

    @property
    def texto(self) -> str:
        return str(_QUE[self])


_TEXTOS = {
    ClaseDeVendedor.FIRMA: _l("Empresa o sociedad"),
    ClaseDeVendedor.UNIPERSONAL: _l("Empresa unipersonal"),
    ClaseDeVendedor.COOPERATIVA: _l("Cooperativa"),
    ClaseDeVendedor.ASOCIACION: _l("Asociación u organización económica"),
    ClaseDeVendedor.COMUNIDAD: _l("Comunidad"),
    ClaseDeVendedor.INDIVIDUAL: _l("Persona por su cuenta"),
}
_QUE = {QueSeVende.BIENES: _l("Bienes"), QueSeVende.SERVICIOS: _l("Servicios")}
_DE_TIPO = {
    TipoUnidad.EMPRESA: ClaseDeVendedor.FIRMA,
    TipoUnidad.COOPERATIVA: ClaseDeVendedor.COOPERATIVA,
    TipoUnidad.ASOCIACION: ClaseDeVendedor.ASOCIACION,
    TipoUnidad.OECA: ClaseDeVendedor.ASOCIACION,
    TipoUnidad.COMUNIDAD: ClaseDeVendedor.COMUNIDAD,
    TipoUnidad.PERSONA_NATURAL: ClaseDeVendedor.INDIVIDUAL,
}


def clase_de(unidad: Unidad) -> ClaseDeVendedor | None:
    """None for what does not sell in the shop: entities and postal operators."""
    if unidad.forma_legal == UNIPERSONAL and unidad.tipo in _DE_TIPO:
        return ClaseDeVendedor.UNIPERSONAL
    return _DE_TIPO.get(unidad.tipo)
