"""Judge a delivery that was made without network: the telephone held no verifier, the server does."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from envios.entrega import DatosDePrueba, guardar_prueba
from envios.escaner.errores import EntregaSinPrueba
from envios.eventos import (
    CodigoBloqueado,
    CodigoIncorrecto,
    CodigoPropio,
    EventoNuevo,
    Fuente,
    Resultado,
    ResultadoEvento,
    registrar_autorizado,
)
from envios.items.modelos import Envio
from nucleo.actor import Autorizacion
from nucleo.errores import ErrorDominio
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Entrega:
    """What was said and seen at the door."""

    codigo_entrega: str
    prueba: DatosDePrueba


def entregar(
    sesion: Session,
    autorizacion: Autorizacion,
    operador: UUID,
    nuevo: EventoNuevo,
    envio: Envio,
    entrega: Entrega,
) -> ResultadoEvento:
    """The delivery of an item, locked, as of its occurrence; with a wrong code, or a locked one, provisional.

    A wrong code counts as one said on line. A provisional delivery needs a photo or a signature; what cannot
    be kept is refused, and stays in the telephone.
    """
    prueba = entrega.prueba
    nuevo = replace(nuevo, codigo_entrega=entrega.codigo_entrega, receptor_nombre=prueba.receptor_nombre)
    (hecho,) = registrar_autorizado(sesion, autorizacion, operador, [nuevo], Fuente.ESCANER)
    if isinstance(hecho.error, (CodigoIncorrecto, CodigoBloqueado)):
        return _provisional(sesion, autorizacion, nuevo, envio, prueba, operador)
    if hecho.resultado is Resultado.REGISTRADO and hecho.evento is not None:
        # A delivery with its code stands by itself: a picture that will not do does not undo it.
        for datos in (prueba, replace(prueba, foto=None, firma=None)):
            try:
                with sesion.begin_nested():
                    guardar_prueba(
                        sesion, autorizacion, envio, datos, operador_unidad_id=operador, evento=hecho.evento
                    )
                break
            except ErrorDominio:
                continue
    return hecho


def _provisional(
    sesion: Session,
    autorizacion: Autorizacion,
    nuevo: EventoNuevo,
    envio: Envio,
    prueba: DatosDePrueba,
    operador: UUID,
) -> ResultadoEvento:
    try:
        with sesion.begin_nested():
            if not prueba.archivos:
                raise EntregaSinPrueba(
                    _("El código no es el de este envío, y sin foto ni firma no se puede guardar.")
                )
            dicha = replace(nuevo, codigo=CodigoPropio.ENTREGA_PROVISIONAL, codigo_entrega="")
            (hecho,) = registrar_autorizado(sesion, autorizacion, operador, [dicha], Fuente.ESCANER)
            if hecho.error is not None:
                raise hecho.error
            assert hecho.evento is not None
            guardar_prueba(
                sesion,
                autorizacion,
                envio,
                prueba,
                operador_unidad_id=operador,
                evento_cliente_id=hecho.evento.evento_cliente_id,
                ocurrida_en=hecho.evento.ocurrido_en,
            )
            return hecho
    except ErrorDominio as error:
        return ResultadoEvento(Resultado.RECHAZADO, envio, error=error)
