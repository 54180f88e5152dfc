"""Errors of mandates and faculties: stable codes, Spanish words that say what to do."""

from typing import Any

from nucleo.actos import FaltanFirmas
from nucleo.errores import Conflicto, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l


class SinFacultad(Prohibido):
    codigo = "sin_facultad"
    titulo = _l("No tiene un mandato que permita esta acción")


class UnidadInactiva(SinFacultad):
    codigo = "unidad_inactiva"
    titulo = _l("La unidad económica no está en condiciones de actuar")


class MontoExcedido(SinFacultad):
    codigo = "monto_excede_mandato"
    titulo = _l("El monto supera el límite de su mandato")


class EsperaFirmas(SinFacultad, FaltanFirmas):
    """The actor's only mandates for this are joint: what is declared as a joint act waits for signatures."""

    codigo = FaltanFirmas.codigo
    titulo = FaltanFirmas.titulo


class LimiteDeMandato(SinFacultad):
    """`codigo` says which: `limite_de_mandato_acto`, `_dia` or `_mes`."""

    codigo = "limite_de_mandato"
    titulo = _l("Supera el límite de su mandato")

    def __init__(self, detalle: str = "", *, resultado: str, **extra: Any) -> None:
        super().__init__(detalle, **extra)
        self.codigo = resultado  # type: ignore[misc]


class MandatoNoEncontrado(NoEncontrado):
    codigo = "mandato_no_encontrado"
    titulo = _l("No existe ese mandato")


class MandatoYaRevocado(Conflicto):
    codigo = "mandato_revocado"
    titulo = _l("El mandato ya está revocado")


class RevocacionPosterior(Conflicto):
    codigo = "revocacion_posterior"
    titulo = _l("Una revocación se adelanta, no se posterga")


class OfertaTerminada(Conflicto):
    codigo = "oferta_terminada"
    titulo = _l("Ese mandato ya no se ofrece")


class FaltaOtroAdministrador(Conflicto):
    codigo = "falta_otro_administrador"
    titulo = _l("Hace falta que otra persona que administra esté de acuerdo")


class UltimoAdministrador(Conflicto):
    codigo = "ultimo_administrador"
    titulo = _l("La unidad económica no puede quedar sin quien la administre")
