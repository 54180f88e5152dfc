"""Sealed envelopes are opened by who holds their key: each gives a part, and the last one opens."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.apertura.acta import POR_DEPOSITARIOS, ActaDeApertura
from feria_inversa.apertura.apertura import abrir_con
from feria_inversa.apertura.errores import SinLlave
from feria_inversa.apertura.tecnica import ActaTecnica
from feria_inversa.llaves import entregar, llave_de
from feria_inversa.llaves.modelos import Llave
from feria_inversa.ofertas import PlazoNoVencido
from feria_inversa.procesos import (
    Estado,
    EstadoNoPermite,
    bloquear_publica,
    cerrar_si_vencio,
    exigir_en_termino,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

ESPERAN = frozenset({Estado.RECEPCION_CERRADA, Estado.APERTURA_IMPEDIDA, Estado.APERTURA_ECONOMICA})
"""In which a process waits for who opens its envelopes."""


def espera_partes(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether the parts of the key of a process may be given now."""
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= ahora_bd(sesion)
    return convocatoria.estado in ESPERAN or (convocatoria.estado == Estado.PUBLICADO and vencida)


def llave_que_abre(sesion: Session, convocatoria: Convocatoria) -> Llave | None:
    """The key whose parts are given next: of two envelopes, first that of the technical part."""
    return llave_de(sesion, convocatoria.id, tecnica=convocatoria.espera_tecnica)


def entregar_parte(
    sesion: Session, actor: Actor, convocatoria_id: UUID, *, palabras: str = "", clave: str = ""
) -> ActaDeApertura | ActaTecnica | None:
    """Give a part of the key of a closed process: its words, or the secret that opens it. The last one gives
    the act of opening. Of two keys, it is of the one whose turn it is.

    Raises `PlazoNoVencido`, `EstadoNoPermite`, `SinLlave`, `ResguardoNoEncontrado`, `ParteEquivocada`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    llave = llave_que_abre(sesion, convocatoria)
    if llave is None:
        raise SinLlave
    cerrar_si_vencio(sesion, convocatoria)
    if convocatoria.estado == Estado.EVALUACION_TECNICA:
        raise EstadoNoPermite(
            _("Las partes que abren los precios se entregan una vez calificado lo técnico.")
        )
    if convocatoria.estado in {Estado.PUBLICADO, Estado.SUSPENDIDO}:
        raise PlazoNoVencido(_("Las partes se entregan desde la hora de cierre, no antes."))
    if convocatoria.estado not in ESPERAN:
        raise EstadoNoPermite(_("Los sobres ya se abrieron, o la convocatoria terminó."))
    if convocatoria.estado == Estado.APERTURA_IMPEDIDA:
        exigir_en_termino(convocatoria, ahora_bd(sesion))
    privada = entregar(sesion, actor, llave, palabras=palabras, clave=clave)
    if privada is None:
        return None
    # Whoever comes last decides nothing: to refuse them for whom they act for would undo their delivery.
    depositarios = Autorizacion.propia(Actor.sistema(POR_DEPOSITARIOS))
    return abrir_con(sesion, depositarios, convocatoria_id, privada=privada)
